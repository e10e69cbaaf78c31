import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/finding/finding';
import { tryFixes, type Judge } from './fix-judge';

/** A language of lines `name=value`, in which a value must not be `bad`; `fix` is what its only rule writes instead. */
const judgeOf = (fix: (line: string) => string): Judge => ({
  lint: (text) =>
    text.split('\n').flatMap((line, at): Finding[] => {
      if (!line.endsWith('=bad')) return [];
      const range = { start: { line: at, character: 0 }, end: { line: at, character: line.length } };
      const edits = [{ range, newText: fix(line) }];
      return [
        {
          code: 'XXX001',
          severity: 'error',
          file: 'x',
          range,
          message: line,
          remedy: '',
          fix: { title: 'Fix', edits },
        },
      ];
    }),
  meaning: (text) =>
    text.includes('?')
      ? undefined
      : new Map(
          text.split('\n').map((line, at) => {
            const [name = '', value = ''] = line.split('=');
            return [name, { value, lines: [at] }];
          }),
        ),
});
const text = 'a=1\nb=bad\nc=3';
const faultsOf = (fix: (line: string) => string, meant?: string): readonly string[] => {
  const [result] = tryFixes(
    { name: 'x', text, version: undefined, ...(meant === undefined ? {} : { meant }) },
    judgeOf(fix),
  );
  return result?.faults ?? ['no fix'];
};

describe('what is wrong with a fix', () => {
  it('nothing when its line is right afterwards', () => {
    expect(faultsOf(() => 'b=2')).toEqual([]);
    expect(faultsOf(() => 'b=2', 'a=1\nb=2\nc=3')).toEqual([]);
  });

  it.each([
    ['its finding stays', () => 'b=bad', undefined, ['the finding stays: XXX001 b=bad']],
    [
      'it brings another fault',
      () => 'b=2\nd=bad\ne=bad',
      undefined,
      ['a new finding: 3 XXX001 d=bad', 'a new finding: 4 XXX001 e=bad'],
    ],
    [
      'another fault takes its place',
      () => 'd=bad',
      undefined,
      ['another finding of XXX001 takes its place'],
    ],
    [
      'the program reads nothing any more',
      () => 'b=?',
      undefined,
      ['the program reads nothing of it any more'],
    ],
    ['something else is meant', () => 'b=3', 'a=1\nb=2\nc=3', ['b was 2 and is 3']],
  ])('%s', (_, fix, meant, faults) => {
    expect(faultsOf(fix, meant)).toEqual(faults);
  });

  it.each([
    ['nobody knows what is meant', {}, []],
    ['it is known what is meant', { meant: 'a=1\nb=2\nc=3' }, ['the program still reads nothing of it']],
  ])('the program reads nothing before and after, and %s', (_, meant, faults) => {
    const unread = { name: 'x', text: 'a=1\nb=bad\nc=?', version: undefined, ...meant };
    const [result] = tryFixes(
      unread,
      judgeOf(() => 'b=2'),
    );
    expect(result?.faults).toEqual(faults);
  });

  it('a setting on another line changes', () => {
    const judge = judgeOf(() => 'b=2');
    const result = tryFixes(
      { name: 'x', text, version: undefined },
      {
        ...judge,
        meaning: (of) => new Map([['far', { value: of === text ? '1' : '2', lines: [0] }]]),
      },
    );
    expect(result.map(({ faults }) => faults)).toEqual([['far was 1 and is 2']]);
  });
});
