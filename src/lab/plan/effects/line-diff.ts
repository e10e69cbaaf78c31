import { diffLines, linesOf, type DiffLine } from '../../../finding/diff-lines';

export type { DiffLine };

/** Lines kept around a change, so that it can be found. */
const CONTEXT = 1;

/**
 * The changed lines of a text with a line of context around them; a gap between two places is an empty `…` line.
 * Pure; equal texts give nothing.
 */
export function lineDiff(before: string | undefined, after: string | undefined): readonly DiffLine[] {
  return withoutFarLines(diffLines(linesOf(before), linesOf(after)));
}

function withoutFarLines(lines: readonly DiffLine[]): readonly DiffLine[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  return lines.flatMap((line, index) => {
    if (near[index]) return [line];
    const afterShown = index > 0 && near[index - 1] === true;
    return afterShown && near.slice(index).includes(true) ? [{ sign: ' ' as const, text: '…' }] : [];
  });
}
