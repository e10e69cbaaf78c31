/** One line of a diff: what stays is a blank, what goes `-`, what comes `+`. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Beyond this many comparisons the whole middle counts as replaced: a diff is for people. */
const MOST_CELLS = 1_000_000;

/** All lines of both texts, each once, with what becomes of it. Pure. */
export function diffLines(old: readonly string[], fresh: readonly string[]): readonly DiffLine[] {
  const start = commonStart(old, fresh);
  const end = commonEnd(old.slice(start), fresh.slice(start));
  const middle = middleOf(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  const same = (text: string): DiffLine => ({ sign: ' ', text });
  return [...old.slice(0, start).map(same), ...middle, ...old.slice(old.length - end).map(same)];
}

/** The lines of a text; none of an empty one, and a line end at its end begins no further one. */
export function linesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[count] === other[count]) count++;
  return count;
}

function commonEnd(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count]) count++;
  return count;
}

/** By the longest common subsequence. */
function middleOf(old: readonly string[], fresh: readonly string[]): readonly DiffLine[] {
  const removed = old.map((text): DiffLine => ({ sign: '-', text }));
  const added = fresh.map((text): DiffLine => ({ sign: '+', text }));
  if (old.length * fresh.length > MOST_CELLS) return [...removed, ...added];
  const common = commonLengths(old, fresh);
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < fresh.length) {
    const [gone, come] = [removed[row], added[column]];
    if (gone && come && gone.text === come.text) {
      lines.push({ sign: ' ', text: gone.text });
      row++;
      column++;
    } else if (gone && (!come || at(row + 1, column) >= at(row, column + 1))) {
      lines.push(gone);
      row++;
    } else if (come) {
      lines.push(come);
      column++;
    }
  }
  return lines;
}

/** Length of the longest common subsequence of the rests that begin at row and column. */
function commonLengths(old: readonly string[], fresh: readonly string[]): readonly (readonly number[])[] {
  const table: number[][] = Array.from({ length: old.length + 1 }, () => []);
  for (let row = old.length - 1; row >= 0; row--) {
    const line: number[] = [];
    const below = table[row + 1] ?? [];
    for (let column = fresh.length - 1; column >= 0; column--) {
      line[column] =
        old[row] === fresh[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, line[column + 1] ?? 0);
    }
    table[row] = line;
  }
  return table;
}
