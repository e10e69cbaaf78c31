import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../../../../src/lab/plan/effects/line-diff';

const text = (before: string | undefined, after: string | undefined): string[] =>
  lineDiff(before, after).map(({ sign, text: line }) => `${sign}${line}`);

describe('the lines that change', () => {
  it.each([
    ['nothing', 'a\nb\n', 'a\nb\n', []],
    ['one line, with its neighbours', 'a\nb\nc\nd\n', 'a\nb\nC\nd\n', [' b', '-c', '+C', ' d']],
    [
      'two places far from each other',
      '1\n2\n3\n4\n5\n6\n7\n',
      'x\n2\n3\n4\n5\n6\ny\n',
      ['-1', '+x', ' 2', ' …', ' 6', '-7', '+y'],
    ],
    ['a file that comes', undefined, 'a\nb\n', ['+a', '+b']],
    ['a file that goes', 'a\n', undefined, ['-a']],
    ['an inserted line', 'a\nb\n', 'a\nx\nb\n', [' a', '+x', ' b']],
  ])('%s', (_name, before, after, expected) => {
    expect(text(before, after)).toEqual(expected);
  });
});
