import { describe, expect, test } from 'vitest';
import { merge } from '../../../../src/workspace/change/merge';

const lines = (text: string): string => text.split(' ').join('\n');

describe('changes from one text to another, made in a third one', () => {
  test.each<[string, string, string, string, string]>([
    ['nothing of its own', 'a b c', 'a b c', 'a X c', 'a X c'],
    ['a line of its own elsewhere', 'a b c d', 'a b c D', 'a X c d', 'a X c D'],
    ['a line of its own beside it', 'a b c d', 'a B c d', 'a b X d', 'a B X d'],
    ['more lines of its own before it', 'a b c', 'O1 O2 a b c', 'a b c X', 'O1 O2 a b c X'],
    ['a line added behind a changed one', 'a b c', 'a B c', 'a b X c', 'a B X c'],
    ['a line added before a changed one', 'a b c', 'a B c', 'a X b c', 'a X B c'],
    ['a line taken away', 'a b c d', 'a b c D', 'a c d', 'a c D'],
    ['both the same', 'a b c', 'a X c', 'a X c', 'a X c'],
    ['both add at one place', 'a c', 'a O c', 'a X c', 'a O X c'],
  ])('%s', (_, base, own, wanted, expected) => {
    expect(merge(lines(base), lines(own), lines(wanted))).toEqual({ text: lines(expected), conflicts: [] });
  });

  test.each<[string, string, string, string, string, [number, string[]][]]>([
    ['another line in its place', 'a b c', 'a O c', 'a X c', 'a O c', [[1, ['X']]]],
    ['of two lines one', 'a b c d', 'a O c d', 'a X Y d', 'a O Y d', [[1, ['X']]]],
    ['more lines in its place', 'a b c', 'a O P Q c', 'a X c', 'a O P Q c', [[1, ['X']]]],
    ['none of the lines any more', 'a b c d', 'a d', 'a b X c d', 'a d', [[1, ['X']]]],
  ])('what is in the way stays, and is told: %s', (_, base, own, wanted, text, conflicts) => {
    expect(merge(lines(base), lines(own), lines(wanted))).toEqual({
      text: lines(text),
      conflicts: conflicts.map(([line, missing]) => ({ line, wanted: missing })),
    });
  });
});
