import type { Span } from '../../core/rules/rule';
import { definitionHead, includeHead, sequenceHead, STANDARD_DEFINITIONS } from './definitions';
import type { Definition } from './definitions';
import { contentOf, splitPieces, type Budget, type Content } from './split';
import type { Line, LineKind, Piece, Word } from './word';

/** A file as lines, and the definitions it makes. */
export interface Tokens {
  readonly lines: readonly Line[];
  readonly definitions: readonly Definition[];
  /** Where reading ended: the length of the text, unless it is too large. */
  readonly end: number;
}

/** Nobody writes so many words, braces and lines; the bound keeps memory within limits whatever the file is. */
export const MOST_PARTS = 500_000;

/** Keepalived reads a line into so many bytes, its end included; the rest becomes a line of its own. */
export const LONGEST_LINE = 1023;

/**
 * Splits a configuration into lines and words. Never throws; takes time in proportion to the length. Of a text with too
 * many parts the lines below are left out.
 */
export function tokenize(text: string): Tokens {
  const reading: Reading = { known: knownNames(text), budget: { left: MOST_PARTS } };
  const lines: Line[] = [];
  const definitions: Definition[] = [];
  let open: Definition | undefined;
  let start = 0;
  while (start <= text.length) {
    const feed = text.indexOf('\n', start);
    let end = feed < 0 ? text.length : feed;
    while (end > start && text[end - 1] === '\r') end -= 1;
    const bounds = contentBounds(text, start, end);
    reading.budget.left -= 1;
    const { line, definition, goesOn } =
      open === undefined
        ? readLine(text, start, end, bounds, reading)
        : readValue(text, start, end, bounds, open);
    if (reading.budget.left < 0) break;
    lines.push(line);
    if (definition !== undefined && goesOn !== true) definitions.push(definition);
    open = goesOn === true ? definition : undefined;
    start = feed < 0 ? text.length + 1 : feed + 1;
  }
  if (open !== undefined) definitions.push(open);
  if (lines.length === 0) lines.push(newLine(0, 0, 'plain', {}));
  return { lines, definitions, end: Math.min(start, text.length) };
}

/** A further line of a definition's value. */
function readValue(text: string, start: number, end: number, bounds: Bounds, open: Definition): ReadLine {
  const { from, content } = bounds;
  const value = text.slice(from, content.end).trimEnd();
  const goesOn = value.endsWith('\\');
  const line = newLine(start, end, 'definition', { comment: content.comment });
  const definition = { ...open, value: `${open.value}\n${goesOn ? value.slice(0, -1) : value}` };
  return { line, definition, goesOn };
}

/** Names defined anywhere: what a definition further down names is a place holder no template left. */
function knownNames(text: string): Set<string> {
  const known = new Set(STANDARD_DEFINITIONS);
  for (const match of text.matchAll(/^[ \t]*(?:@\S+[ \t]+)?\$([A-Za-z_]\w*)=/gm)) known.add(match[1] ?? '');
  for (const match of text.matchAll(/^[ \t]*(?:@\S+[ \t]+)?~(?:SEQx?|LST)[^\n]*/gm)) {
    for (const name of sequenceHead(match[0].slice(match[0].indexOf('~')))?.names ?? []) known.add(name);
  }
  return known;
}

interface Bounds {
  readonly from: number;
  readonly content: Content;
}

/** The stretch of a line keepalived looks at: without blanks before it, a byte order mark, what follows a NUL. */
function contentBounds(text: string, start: number, end: number): Bounds {
  const nul = text.slice(start, end).indexOf('\0');
  const stop = nul < 0 ? end : start + nul;
  let from = start === 0 ? byteOrderMarks(text) : start;
  while (from < stop && (text[from] === ' ' || text[from] === '\t')) from += 1;
  return { from, content: contentOf(text, from, stop) };
}

/** How many byte order marks a text begins with: each joining of files may leave one more. */
export function byteOrderMarks(text: string): number {
  let count = 0;
  while (text.charCodeAt(count) === 0xfeff) count += 1;
  return count;
}

/** Most lines hold nothing but words: they share what they have not. */
const NO_PIECES: readonly Piece[] = [];

function newLine(
  start: number,
  end: number,
  kind: LineKind,
  { pieces, comment, condition, openQuote, subject }: Partial<Line>,
): Line {
  return { start, end, kind, pieces: pieces ?? NO_PIECES, comment, condition, openQuote, subject };
}

/** What all lines are read with. */
interface Reading {
  readonly known: ReadonlySet<string>;
  readonly budget: Budget;
}

interface ReadLine {
  readonly line: Line;
  readonly definition?: Definition;
  /** True when the value of the definition goes on in the next line. */
  readonly goesOn?: boolean;
}

function readLine(
  text: string,
  start: number,
  end: number,
  { from, content }: Bounds,
  reading: Reading,
): ReadLine {
  const { comment, openQuote, end: stop } = content;
  if (from >= stop) return { line: newLine(start, end, 'plain', { comment, openQuote }) };
  const condition = text[from] === '@' ? conditionAt(text, from, stop) : undefined;
  let at = condition?.end ?? from;
  while (at < stop && (text[at] === ' ' || text[at] === '\t')) at += 1;
  const found = { comment, openQuote, condition };
  const special = SPECIAL.has(text[at] ?? '')
    ? readSpecial(text, start, end, at, stop, found, reading)
    : undefined;
  if (special !== undefined) return special;
  const pieces = splitPieces(text, at, stop, reading.known, reading.budget);
  return { line: newLine(start, end, 'plain', { ...found, pieces }) };
}

function conditionAt(text: string, from: number, stop: number): Span {
  const length = /^@\S*/.exec(text.slice(from, stop))?.[0].length ?? 0;
  return { start: from, end: from + length };
}

/** How lines begin that keepalived reads before it looks at words: definitions, includes and sequences. */
const SPECIAL: ReadonlySet<string> = new Set(['$', 'i', '~']);

function readSpecial(
  text: string,
  start: number,
  end: number,
  at: number,
  stop: number,
  found: Pick<Line, 'comment' | 'openQuote' | 'condition'>,
  { known, budget }: Reading,
): ReadLine | undefined {
  const rest = text.slice(at, stop);
  const word = (value: string, from: number, dynamic: boolean): Word => {
    const span = { start: from, end: from + value.length };
    return { value, quoted: false, ...span, dynamic, placeholder: false };
  };
  const defined = definitionHead(rest);
  if (defined !== undefined) {
    const value = rest.slice(defined.valueAt).trimEnd();
    const multiline = value.endsWith('\\');
    const subject = word(defined.name, at + 1, false);
    const span = { start: subject.start, end: subject.end };
    return {
      line: newLine(start, end, 'definition', { ...found, subject }),
      definition: { name: defined.name, span, value: multiline ? value.slice(0, -1) : value, multiline },
      goesOn: multiline,
    };
  }
  const included = includeHead(rest);
  if (included !== undefined) {
    const value = rest.slice(included.valueAt).trimEnd();
    const subject = word(value, at + included.valueAt, value.includes('$'));
    return { line: newLine(start, end, 'include', { ...found, subject }) };
  }
  const sequence = sequenceHead(rest);
  if (sequence === undefined) return undefined;
  const pieces = splitPieces(text, at + sequence.length, stop, known, budget);
  return { line: newLine(start, end, 'sequence', { ...found, pieces }) };
}
