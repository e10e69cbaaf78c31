const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
/** A line that begins a statement whatever was left open before it. */
const STATEMENT = /[a-z_]\w*(?:\[\s*['":]|\s+(?:['"]|\[\s*['"]|%w))/y;

/** True when a statement visibly begins at the start of a line: `root['…`, `external_url '…`. */
export function topLevel(text: string, lineStart: number): boolean {
  STATEMENT.lastIndex = lineStart;
  return STATEMENT.test(text);
}

/** A text that goes on for longer was never closed: looking further would cost time on broken files. */
export const LONGEST_TEXT = 50_000;

/** True when a statement begins on one of the lines between two offsets. */
export function beginsBetween(text: string, lineEnd: number, end: number): boolean {
  for (let line = lineEnd + 1; line > 0 && line <= end; line = text.indexOf('\n', line) + 1) {
    if (topLevel(text, line)) return true;
  }
  return false;
}

/** `%w[`, `%i(`, `%q{`: where their content begins, and what ends them. */
export function percentLiteral(
  text: string,
  offset: number,
): { readonly kind: 'string' | 'words'; readonly contentStart: number; readonly close: string } | undefined {
  const [all, letter = ''] = /^%([wWiIqQ]?)[([{<|!/]/.exec(text.slice(offset, offset + 3)) ?? [];
  if (all === undefined) return undefined;
  const open = all.slice(-1);
  // Without a letter it may as well be the remainder of a division.
  if (letter === '' && !CLOSING[open]) return undefined;
  return {
    kind: /[wWiI]/.test(letter) ? 'words' : 'string',
    contentStart: offset + all.length,
    close: CLOSING[open] ?? open,
  };
}

/** Names of the texts that `<<~NAME` announces for the next line. */
export function heredocsOf(text: string, offset: number): string[] {
  const [, quoted, plain] =
    /^<<[~-]?(?:['"](\w+)['"]|([A-Z]\w*))/.exec(text.slice(offset, offset + 80)) ?? [];
  const name = quoted ?? plain;
  return name === undefined ? [] : [name];
}

/**
 * Where the body of a text ends: with the line that has its name; where it begins when there is none.
 * @param searched how far each name was looked for in vain, so that no line is looked at twice
 */
export function heredocEnd(text: string, from: number, name: string, searched: Map<string, number>): number {
  let line = from;
  const before = searched.get(name) ?? from;
  if (before > from) line = before;
  while (line < text.length && line < from + LONGEST_TEXT) {
    const end = text.indexOf('\n', line);
    const stop = end < 0 ? text.length : end;
    if (text.slice(line, stop).trim() === name) return stop;
    line = stop + 1;
  }
  searched.set(name, line);
  return from;
}

const WORD = /[\p{L}\p{N}_$@?!]*/uy;

/** Where a word ends. */
export function wordEnd(text: string, from: number): number {
  WORD.lastIndex = from;
  const length = WORD.exec(text)?.[0].length ?? 0;
  return from + Math.max(length, 0);
}
