import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Finding } from '../../../../../src/finding/finding';
import { rangeBetween, textLines } from '../../../../../src/finding/text-lines';
import { applyFixes, fixAll } from '../../../../../src/languages/core/rules/apply-fixes';

/** A finding that replaces stretches, given by offsets. */
function repair(text: string, ...edits: readonly (readonly [number, number, string])[]): Finding {
  const lines = textLines(text);
  const range = rangeBetween(lines, 0, 0);
  const fix = {
    title: 'repair',
    edits: edits.map(([start, end, newText]) => ({ range: rangeBetween(lines, start, end), newText })),
  };
  return { code: 'HAP001', severity: 'error', file: 'f', range, message: '', remedy: '', fix };
}

function without(finding: Finding): Finding {
  const { code, severity, file, range, message, remedy } = finding;
  return { code, severity, file, range, message, remedy };
}

describe('applying fixes', () => {
  it.each([
    ['replaces', 'one two', [[0, 3, '1']], '1 two'],
    ['inserts', 'ab', [[1, 1, '-']], 'a-b'],
    ['removes, across lines', 'a\r\nb\n', [[1, 4, '']], 'a\n'],
    [
      'does several, whatever their order',
      'abc',
      [
        [2, 3, 'C'],
        [0, 1, 'A'],
      ],
      'AbC',
    ],
  ] as const)('%s', (_, text, edits, expected) => {
    const findings = edits.map((edit) => repair(text, edit));
    expect(applyFixes(text, findings)).toEqual({ text: expected, applied: findings });
  });

  it('leaves a fix that touches another one for later, as a whole', () => {
    const text = 'one two';
    const first = repair(text, [0, 3, '1']);
    const second = repair(text, [2, 4, 'x'], [5, 6, 'y']);
    expect(applyFixes(text, [first, second])).toEqual({ text: '1 two', applied: [first] });
  });

  it('leaves findings without a fix alone', () => {
    const text = 'x';
    expect(applyFixes(text, [without(repair(text, [0, 1, 'y']))])).toEqual({ text: 'x', applied: [] });
  });

  it('goes on as long as fixes uncover others', () => {
    const lint = (text: string): Finding[] => {
      const at = text.indexOf('aa');
      return at < 0 ? [] : [repair(text, [at, at + 2, 'a'])];
    };
    expect(fixAll('aaaaa', lint).text).toBe('a');
    expect(fixAll('aaaaa', lint).applied).toHaveLength(4);
  });

  it('ends with fixes that undo each other', () => {
    const lint = (text: string): Finding[] => {
      const letter = text.startsWith('a') ? 'b' : 'a';
      return [{ ...repair(text, [0, 1, letter]), message: `write ${letter}` }];
    };
    expect(fixAll('ax', lint).applied).toHaveLength(10);
  });

  it('leaves out a fix that does not help, and does the others', () => {
    const lint = (text: string): Finding[] => [
      { ...repair(text, [text.length, text.length, ' check']), code: 'HAP306' },
      ...(text.startsWith('a') ? [repair(text, [0, 1, 'b'])] : []),
    ];
    const { text, applied } = fixAll('a "', lint);
    expect(text).toBe('b "');
    expect(applied.map(({ code }) => code)).toEqual(['HAP001']);
  });

  it('does the same as replacing from the end, for any separate stretches', () => {
    const stretches = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ minLength: 31, maxLength: 60 }), stretches, (text, offsets) => {
        const ordered = [...offsets].sort((a, b) => a - b);
        const pairs: [number, number][] = [];
        for (let at = 0; at + 1 < ordered.length; at += 2)
          pairs.push([ordered[at] ?? 0, ordered[at + 1] ?? 0]);
        const findings = pairs.map(([start, end]) => repair(text, [start, end, '#']));
        const lines = textLines(text);
        const expected = pairs.reduceRight(
          (left, [start, end]) => left.slice(0, start) + '#' + left.slice(end),
          text,
        );
        // A carriage return before a line feed is one line end: an edit between the two has no position.
        fc.pre(!text.includes('\r') && lines.text === text);
        expect(applyFixes(text, findings).text).toBe(expected);
      }),
    );
  });
});
