import { describe, expect, test } from 'vitest';
import type { Finding, Position } from '../../../src/finding/finding';
import { compatibleEdits } from '../../../src/server/handlers/compatible-edits';
import { stretch } from './analysis';

type Edit = NonNullable<Finding['fix']>['edits'][number];

function finding(...edits: readonly Edit[]): Finding {
  return {
    code: 'HAP801',
    severity: 'warning',
    file: 'haproxy.cfg',
    range: stretch(0, 0, 1),
    message: 'Wrong.',
    remedy: 'Do this.',
    fix: { title: 'Do this', edits },
  };
}

const edit = (start: number, end: number, newText = 'x'): Edit => ({
  range: stretch(0, start, end),
  newText,
});

describe('edits of several fixes', () => {
  test.each([
    ['apart', [edit(0, 2), edit(5, 6)], [edit(0, 2), edit(5, 6)]],
    ['one behind the other', [edit(5, 6), edit(0, 5)], [edit(0, 5), edit(5, 6)]],
    ['the second in the first', [edit(0, 6), edit(2, 3)], [edit(0, 6)]],
    ['the second around the first', [edit(2, 3), edit(0, 6)], [edit(2, 3)]],
    ['overlapping at its begin', [edit(4, 8), edit(2, 5)], [edit(4, 8)]],
    ['overlapping at its end', [edit(4, 8), edit(7, 9)], [edit(4, 8)]],
    ['two insertions at a place', [edit(3, 3, 'a'), edit(3, 3, 'b')], [edit(3, 3, 'a')]],
    ['an insertion where another begins', [edit(3, 5), edit(3, 3)], [edit(3, 5)]],
    ['an insertion where another ends', [edit(3, 5), edit(5, 5)], [edit(3, 5), edit(5, 5)]],
    ['an insertion inside another', [edit(3, 5), edit(4, 4)], [edit(3, 5)]],
  ])('%s', (_, edits, left) => {
    expect(compatibleEdits(edits.map((one) => finding(one)))).toEqual(left);
  });

  test('a fix is taken with all of its edits or not at all', () => {
    const both = finding(edit(0, 1), edit(8, 9));
    expect(compatibleEdits([finding(edit(8, 9, 'y')), both])).toEqual([edit(8, 9, 'y')]);
  });

  test.each(['in the order of the file', 'from its end'])(
    'of very many, %s, each is compared with few',
    (order) => {
      const looks = (count: number): number => {
        let looked = 0;
        const place = (character: number): Position => ({
          get line() {
            looked += 1;
            return 0;
          },
          character,
        });
        const findings = Array.from({ length: count }, (_, at) =>
          finding({ range: { start: place(at * 4), end: place(at * 4 + 2) }, newText: '' }),
        );
        if (order !== 'in the order of the file') findings.reverse();
        expect(compatibleEdits(findings)).toHaveLength(count);
        return looked;
      };
      // Comparing each with each would take sixteen times as many for four times the fixes.
      expect(looks(4_000) / looks(1_000)).toBeLessThan(5.5);
    },
  );
});
