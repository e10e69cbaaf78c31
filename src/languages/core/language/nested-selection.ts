import type { SelectionRange } from 'vscode-languageserver-types';
import { rangeBetween, type TextLines } from '../../../finding/text-lines';
import type { Span } from '../rules/rule';

/**
 * Ever larger selections around the smallest of some stretches; the whole text is the largest.
 * @param stretches from the largest to the smallest; one that is no part of the one before, or the same, is left out
 */
export function nestedSelection(lines: TextLines, stretches: Iterable<Span>): SelectionRange {
  const { length } = lines.text;
  let selection: SelectionRange = { range: rangeBetween(lines, 0, length) };
  let around: Span = { start: 0, end: length };
  for (const stretch of stretches) {
    const { start, end } = stretch;
    const same = start === around.start && end === around.end;
    if (same || start < around.start || end > around.end) continue;
    selection = { range: rangeBetween(lines, start, end), parent: selection };
    around = stretch;
  }
  return selection;
}

/** Whether an offset lies in a stretch, or right behind it. */
export function holds({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
