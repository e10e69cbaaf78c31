import type { Span } from '../../core/rules/rule';
import type { Piece, Word } from './word';

/** What a line says without its comment. */
export interface Content {
  readonly end: number;
  readonly comment: Span | undefined;
  readonly openQuote: Span | undefined;
}

/**
 * Where the comment of a stretch of text begins: at the first `#` or `!` that stands neither in double quotes nor
 * behind a backslash. Only double quotes count; a backslash takes the sign behind it with it.
 */
export function contentOf(text: string, start: number, end: number): Content {
  let quote = -1;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) quote = quote < 0 ? at : -1;
    else if (quote < 0 && (code === HASH || code === EXCLAMATION)) {
      return { end: at, comment: { start: at, end }, openQuote: undefined };
    }
  }
  return { end, comment: undefined, openQuote: quote < 0 ? undefined : { start: quote, end } };
}

const [BACKSLASH, QUOTE, HASH, EXCLAMATION] = [0x5c, 0x22, 0x23, 0x21];
const [OPEN, CLOSE, LESS, DOLLAR] = [0x7b, 0x7d, 0x3c, 0x24];

/** White space to keepalived: blank, tab, line feed, vertical tab, form feed, carriage return, and no other character. */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** How many words and braces may still be read. */
export interface Budget {
  left: number;
}

/** Splits text into words and braces. `known` are the names that `${NAME}` may stand for. */
export function splitPieces(
  text: string,
  start: number,
  end: number,
  known: ReadonlySet<string>,
  budget: Budget,
): Piece[] {
  const pieces: Piece[] = [];
  let words: Word[] = [];
  const finish = (): void => {
    // A list that grew has room to spare; the copy has none, and of these there are many.
    if (words.length > 0) pieces.push({ kind: 'words', words: words.slice() });
    words = [];
  };
  let at = start;
  while (at < end && budget.left >= 0) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at += 1;
      continue;
    }
    budget.left -= 1;
    if (code === QUOTE) {
      const word = quotedWord(text, at, end);
      words.push(word);
      at = word.end;
    } else if ((code === OPEN || code === CLOSE) && templateEnd(text, at, end) === undefined) {
      finish();
      pieces.push({ kind: code === OPEN ? 'open' : 'close', start: at, end: at + 1 });
      at += 1;
    } else {
      const word = bareWord(text, at, end, known);
      words.push(word);
      at = word.end;
    }
  }
  finish();
  return pieces.slice();
}

function quotedWord(text: string, start: number, end: number): Word {
  const found = text.indexOf('"', start + 1);
  const close = found < 0 || found >= end ? end : found;
  const value = text.slice(start + 1, close);
  const templated = TEMPLATES.some(([open, shut]) => value.includes(open) && value.includes(shut));
  const dynamic = /\$[A-Za-z_{]/.test(value) || templated;
  return { value, quoted: true, start, end: Math.min(close + 1, end), dynamic, placeholder: false };
}

const TEMPLATES = [
  ['{{', '}}'],
  ['{%', '%}'],
  ['<%', '%>'],
] as const;

/** No place holder is longer; the bound keeps the time in proportion to the length. */
const LONGEST_PLACEHOLDER = 200;

/** End of a template's place holder that begins here. */
function templateEnd(text: string, at: number, end: number): number | undefined {
  const two = text.slice(at, at + 2);
  const shut = TEMPLATES.find(([open]) => open === two)?.[1];
  if (shut === undefined) return undefined;
  const found = text.slice(at, Math.min(end, at + LONGEST_PLACEHOLDER)).indexOf(shut, 2);
  return found < 0 ? undefined : at + found + 2;
}

/** The use of a definition at a dollar sign: `$NAME`, `${NAME}`, or `${anything}` that a template left. */
function variableAt(
  text: string,
  at: number,
  end: number,
): { name: string; braces: boolean; end: number } | undefined {
  const ahead = text.slice(at + 1, Math.min(end, at + LONGEST_PLACEHOLDER));
  if (!ahead.startsWith('{')) {
    const name = /^[A-Za-z_]\w*/.exec(ahead)?.[0];
    return name === undefined ? undefined : { name, braces: false, end: at + 1 + name.length };
  }
  const close = ahead.indexOf('}');
  if (close < 2 || ahead.lastIndexOf('{', close) > 0) return undefined;
  const name = ahead.slice(1, close).replace(/[ \d]*$/, (tail) => (tail.startsWith(' ') ? '' : tail));
  return { name, braces: true, end: at + 2 + close };
}

function bareWord(text: string, start: number, end: number, known: ReadonlySet<string>): Word {
  let at = start;
  let dynamic = false;
  let placeholder = false;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === QUOTE) break;
    const templated = code === OPEN || code === LESS ? templateEnd(text, at, end) : undefined;
    if (templated !== undefined) {
      dynamic = placeholder = true;
      at = templated;
      continue;
    }
    if (code === OPEN || code === CLOSE) break;
    const variable = code === DOLLAR ? variableAt(text, at, end) : undefined;
    if (variable !== undefined) {
      dynamic = true;
      placeholder ||= variable.braces && !known.has(variable.name);
      at = variable.end;
    } else at += 1;
  }
  return { value: text.slice(start, at), quoted: false, start, end: at, dynamic, placeholder };
}
