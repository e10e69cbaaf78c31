import { table, truncate, visibleWidth } from './table';

/**
 * Cuts a text into lines of a width at its blanks; a word that is longer is cut as well. Colors take no room.
 * @param width columns, at least 1
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (visibleWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = visibleWidth(word) <= width ? [word] : chopped(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

/** A colored word stays whole: its color must not be torn apart. */
function chopped(word: string, width: number): readonly string[] {
  if (word.includes('\u001b')) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word) {
    if (visibleWidth(piece + character) > width && piece !== '') {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/**
 * Labels with texts beside them; a text that is too long goes on below itself.
 * @param width columns of a line; Infinity for as long as they are
 */
export function labelled(
  rows: readonly (readonly [label: string, text: string])[],
  width: number,
): readonly string[] {
  const column = Math.max(0, ...rows.map(([label]) => visibleWidth(label))) + 2;
  return rows.flatMap(([label, text]) =>
    wrapped(text, width - column).map((line, at) => {
      const before = at === 0 ? label : '';
      return `${before}${' '.repeat(column - visibleWidth(before))}${line}`.trimEnd();
    }),
  );
}

/**
 * A table whose last column is a text, which goes on below itself where it is too long.
 * @param width columns of a line; Infinity for as long as they are
 */
export function proseTable(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const labels = table(rows.map((row) => row.slice(0, -1))).split('\n');
  return labelled(
    rows.map((row, at) => [labels[at] ?? '', row.at(-1) ?? ''] as const),
    width,
  );
}

/** A text in lines of a width; as it is where there is no room for a sensible line. */
export function wrapped(text: string, width: number): readonly string[] {
  return width < LEAST_WIDTH || visibleWidth(text) <= width ? [text] : wrap(text, width);
}

const LEAST_WIDTH = 20;

/**
 * A table that fits a width: columns are left out in the order given until it does; what is still too wide is cut.
 * @param drop indexes of columns, the least important first
 */
export function fittingTable(
  rows: readonly (readonly string[])[],
  width: number,
  drop: readonly number[],
): readonly string[] {
  let gone: readonly number[] = [];
  for (;;) {
    const shown = rows.map((row) => row.filter((_, column) => !gone.includes(column)));
    const lines = table(shown).split('\n');
    if (widest(lines) <= width) return lines;
    if (gone.length === drop.length) return lines.map((line) => truncate(line, width));
    gone = drop.slice(0, gone.length + 1);
  }
}

function widest(lines: readonly string[]): number {
  return Math.max(0, ...lines.map(visibleWidth));
}
