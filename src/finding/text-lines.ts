import type { Position, Range } from './finding';

/** Where each line of a text starts, in UTF-16 code units. Lines end at LF, CRLF or CR, as editors count. */
export interface TextLines {
  readonly text: string;
  readonly starts: readonly number[];
}

/** Splits once; positions are then found by bisection. */
export function textLines(text: string): TextLines {
  const starts = [0];
  // The engine finds a letter much faster than a loop does, and one that is not there is looked for once.
  let feed = text.indexOf('\n');
  let back = text.indexOf('\r');
  while (feed >= 0 || back >= 0) {
    if (back < 0 || (feed >= 0 && feed < back)) {
      starts.push(feed + 1);
      feed = text.indexOf('\n', feed + 1);
    } else {
      if (feed !== back + 1) starts.push(back + 1);
      back = text.indexOf('\r', back + 1);
    }
  }
  return { text, starts };
}

/** The position of an offset in UTF-16 code units; offsets outside the text are clamped into it. */
export function positionAt(lines: TextLines, offset: number): Position {
  const clamped = Math.min(Math.max(offset, 0), lines.text.length);
  const line = lastAtMost(lines.starts, clamped);
  return { line, character: clamped - (lines.starts[line] ?? 0) };
}

/** The offset in UTF-16 code units of a position; positions outside the text are clamped into it. */
export function offsetAt(lines: TextLines, position: Position): number {
  if (position.line < 0) return 0;
  const start = lines.starts[position.line];
  if (start === undefined) return lines.text.length;
  const end = lines.starts[position.line + 1] ?? lines.text.length;
  return Math.min(start + Math.max(position.character, 0), end);
}

/** The range between two offsets in UTF-16 code units. */
export function rangeBetween(lines: TextLines, start: number, end: number): Range {
  const from = positionAt(lines, start);
  const last = Math.min(Math.max(start, end), lines.text.length);
  const next = lines.starts[from.line + 1];
  // Most ranges end in the line they begin in, and then the end needs no second search.
  if (last < 0 || (next !== undefined && last >= next)) return { start: from, end: positionAt(lines, last) };
  return { start: from, end: { line: from.line, character: last - (lines.starts[from.line] ?? 0) } };
}

/** Index of the last element that is not greater than the value; the list is ascending and starts at or below it. */
export function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? Infinity) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
