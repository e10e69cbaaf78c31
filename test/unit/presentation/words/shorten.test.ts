import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shorten } from '../../../../src/presentation/words/shorten';

test.each([
  ['fits', 4, 'fits'],
  ['one two three', 9, 'one two…'],
  ['unbreakable', 6, 'unbre…'],
])('%s in %d', (text, room, expected) => {
  expect(shorten(text, room)).toBe(expected);
});

test('never longer than there is room', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 1, max: 50 }),
      (text, room) => shorten(text, room).length <= room,
    ),
  );
});
