const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
/** A line that begins a statement whatever was left open before it. */
const STATEMENT = /[a-z_]\w*(?:\[\s*['":]|\s+(?:['"]|\[\s*['"]|%w))/y;

/** True when a statement visibly begins at the start of a line: `root['…`, `external_url '…`. */
export function topLevel(text: string, lineStart: number): boolean {
  STATEMENT.lastIndex = lineStart;
  return STATEMENT.test(text);
}

/** True when a quote left open at a line's end is closed before the next statement begins. */
export function isQuoteClosed(text: string, lineEnd: number, quote: string): boolean {
  const close = text.indexOf(quote, lineEnd);
  if (close < 0) return false;
  for (let line = lineEnd + 1; line > 0 && line <= close; line = text.indexOf('\n', line) + 1) {
    if (topLevel(text, line)) return false;
  }
  return true;
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

/** Where the body of a text ends: behind the line with its name; where it begins when there is none. */
export function heredocEnd(text: string, from: number, name: string): number {
  for (let line = from; line < text.length;) {
    const end = text.indexOf('\n', line);
    const stop = end < 0 ? text.length : end;
    if (text.slice(line, stop).trim() === name) return stop;
    if (end < 0) break;
    line = end + 1;
  }
  return from;
}

const WORD = /[\p{L}\p{N}_$@?!]*/uy;

/** Where a word ends. */
export function wordEnd(text: string, from: number): number {
  WORD.lastIndex = from;
  const length = WORD.exec(text)?.[0].length ?? 0;
  return from + Math.max(length, 0);
}
