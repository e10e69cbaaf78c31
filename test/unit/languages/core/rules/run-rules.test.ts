import { describe, expect, it } from 'vitest';
import { rangeBetween, textLines } from '../../../../../src/finding/text-lines';
import { acrossParts, type Rule } from '../../../../../src/languages/core/rules/rule';
import { MOST_OF_A_RULE, runRules } from '../../../../../src/languages/core/rules/run-rules';
import type { Comment } from '../../../../../src/languages/core/rules/suppression';

/** Finds something at each of so many lines. */
function everyLine(id: string, lines: number): Rule<undefined> {
  return {
    id,
    severity: 'warning',
    topic: 'Lines',
    title: 'A line',
    check: (_, report) => {
      for (let line = 0; line < lines; line += 1) {
        report({ span: { start: line * 2, end: line * 2 + 1 }, message: 'A line.', remedy: 'None.' });
      }
    },
  };
}

function run(lines: number, comments: readonly Comment[] = []) {
  const index = textLines('a\n'.repeat(lines));
  return runRules(undefined, [everyLine('KAD001', lines), everyLine('KAD002', 3)], {
    path: 'file',
    comments,
    unusedId: 'KAD000',
    range: ({ start, end }) => rangeBetween(index, start, end),
  });
}

const counts = (findings: readonly { readonly code: string }[], code: string): number =>
  findings.filter((finding) => finding.code === code).length;

/** A suppression of KAD001 behind the only word of a line. */
function suppression(line: number): Comment {
  return { start: line * 2, end: line * 2 + 1, text: '# ha-lab: ignore KAD001 why', line, alone: false };
}

describe('a rule that finds something everywhere', () => {
  it('keeps the first findings, so that memory stays within limits; other rules are not affected', () => {
    const findings = run(MOST_OF_A_RULE + 500);
    expect(counts(findings, 'KAD001')).toBe(MOST_OF_A_RULE);
    expect(counts(findings, 'KAD002')).toBe(3);
    expect(findings.at(-1)?.range.start.line).toBe(MOST_OF_A_RULE - 1);
  });

  it('does not make comments below its last finding count as unused', () => {
    expect(counts(run(MOST_OF_A_RULE + 500, [suppression(MOST_OF_A_RULE + 100)]), 'KAD000')).toBe(0);
    expect(counts(run(10, [suppression(20)]), 'KAD000')).toBe(1);
  });

  it('is silenced at a line as ever', () => {
    expect(counts(run(10, [suppression(4)]), 'KAD001')).toBe(9);
  });
});

/** Names that are written and no other line of the file asks for: lines are `a` and `want a`. */
const NOT_WANTED: Rule<readonly string[]> = {
  id: 'KAD003',
  severity: 'warning',
  topic: 'Lines',
  title: 'A name nobody wants',
  ...acrossParts<readonly string[]>(() => {
    const wanted = new Set<string>();
    return {
      part(lines, report) {
        for (const line of lines) {
          if (line.startsWith('want ')) wanted.add(line.slice(5));
          else report({ span: spanOf(line), message: line, remedy: 'Want it.' });
        }
      },
      stands: ({ message }) => !wanted.has(message),
    };
  }),
};

const LINES = ['a', 'want c', 'b', 'c', 'want a'];

/** Each line of the file has a place of its own. */
function spanOf(line: string): { start: number; end: number } {
  const start = LINES.indexOf(line) * 10;
  return { start, end: start + 1 };
}

describe('a rule that compares parts', () => {
  const index = textLines('123456789\n'.repeat(LINES.length));
  const options = {
    path: 'file',
    comments: [],
    unusedId: 'KAD000',
    range: ({ start, end }: { start: number; end: number }) => rangeBetween(index, start, end),
  };

  it.each([
    ['whole', undefined],
    ['line by line', 1],
    ['two lines at a time', 2],
  ])('finds what stands when all parts were seen: %s', (_, size) => {
    const parts =
      size === undefined
        ? undefined
        : Array.from({ length: Math.ceil(LINES.length / size) }, (_part, at) => ({
            subject: LINES.slice(at * size, (at + 1) * size),
            span: { start: at * size * 10, end: (at + 1) * size * 10 },
          }));
    const found = runRules(LINES, [NOT_WANTED], options, parts);
    expect(found.map(({ message }) => message)).toEqual(['b']);
  });
});
