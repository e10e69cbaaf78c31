import { diffLines } from '../../finding/diff-lines';

/** A change that a text could not take over, because it has something else there. */
export interface Conflict {
  /** Where in the merged text, from 0. */
  readonly line: number;
  /** What would have stood there. */
  readonly wanted: readonly string[];
}

export interface Merged {
  readonly text: string;
  readonly conflicts: readonly Conflict[];
}

/** Lines `from` to `to` (exclusive) of the base become others. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/**
 * Makes the changes from one text to another in a third one, which is the first with changes of its own: as `diff3` does, but
 * changes side by side do not disturb each other. Where both changed the same lines the third one's stay. Pure.
 */
export function merge(base: string, own: string, wanted: string): Merged {
  const lines = base.split('\n');
  const ours = hunks(lines, own.split('\n'));
  const merged: string[] = [];
  const conflicts: Conflict[] = [];
  const left = [...ours];
  let at = 0;
  const copyTo = (line: number): void => {
    for (let next = left[0]; next !== undefined && next.from <= line && next.to <= line; next = left[0]) {
      merged.push(...lines.slice(at, next.from), ...next.lines);
      at = next.to;
      left.shift();
    }
    if (at < line) merged.push(...lines.slice(at, line));
    at = Math.max(at, line);
  };
  for (const hunk of hunks(lines, wanted.split('\n'))) {
    const other = ours.find((one) => touches(one, hunk));
    copyTo(other === undefined ? hunk.from : Math.min(hunk.from, other.from));
    if (other === undefined) {
      merged.push(...hunk.lines);
      at = hunk.to;
    } else if (!isSame(other, hunk)) conflicts.push({ line: merged.length, wanted: hunk.lines });
  }
  copyTo(lines.length);
  return { text: merged.join('\n'), conflicts };
}

function hunks(base: readonly string[], other: readonly string[]): readonly Hunk[] {
  const found: Hunk[] = [];
  let line = 0;
  let open: { from: number; lines: string[] } | undefined;
  const close = (): void => {
    if (open !== undefined) found.push(...oneByOne({ ...open, to: line }));
    open = undefined;
  };
  for (const { sign, text } of diffLines(base, other)) {
    if (sign === ' ') close();
    else open ??= { from: line, lines: [] };
    if (sign === '+') open?.lines.push(text);
    else line += 1;
  }
  close();
  return found;
}

/** Lines that become as many others each for itself, so that one which is in the way leaves the rest. */
function oneByOne({ from, to, lines }: Hunk): readonly Hunk[] {
  if (to - from !== lines.length) return [{ from, to, lines }];
  return lines.map((line, at) => ({ from: from + at, to: from + at + 1, lines: [line] }));
}

/** True when both change a line, or one adds lines within those the other changes. */
function touches(one: Hunk, other: Hunk): boolean {
  return one.from < other.to && other.from < one.to;
}

function isSame(one: Hunk, other: Hunk): boolean {
  return one.from === other.from && one.to === other.to && one.lines.join('\n') === other.lines.join('\n');
}
