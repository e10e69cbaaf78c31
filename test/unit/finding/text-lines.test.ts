import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offsetAt, positionAt, textLines } from '../../../src/finding/text-lines';

describe('lines of a text', () => {
  test.each([
    ['', [0]],
    ['one', [0]],
    ['one\ntwo', [0, 4]],
    ['one\r\ntwo\r\n', [0, 5, 10]],
    ['one\rtwo', [0, 4]],
    ['\n\r\n\r', [0, 1, 3, 4]],
    ['\ufeffone\ntwo', [0, 5]],
  ])('%j begins lines at %j', (text, starts) => {
    expect(textLines(text).starts).toEqual(starts);
  });

  test('an offset and its position name the same place', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'ä', '😀') }),
        fc.nat(60),
        (text, at) => {
          const lines = textLines(text);
          const offset = Math.min(at, text.length);
          expect(offsetAt(lines, positionAt(lines, offset))).toBe(offset);
        },
      ),
    );
  });

  test.each([
    [{ line: 9, character: 0 }, 7],
    [{ line: 0, character: 99 }, 4],
    [{ line: -1, character: 2 }, 0],
  ])('the position %j outside the text is clamped to %i', (position, offset) => {
    expect(offsetAt(textLines('one\ntwo'), position)).toBe(offset);
  });
});
