import { definitionHead, includeHead, sequenceHead, STANDARD_DEFINITIONS } from './definitions';
import type { Definition } from './definitions';
import { contentOf, splitPieces, type Content } from './split';
import type { Line, LineKind, Word } from './word';

/** A file as lines, and the definitions it makes. */
export interface Tokens {
  readonly lines: readonly Line[];
  readonly definitions: readonly Definition[];
}

/** Keepalived reads a line into so many bytes, its end included; the rest becomes a line of its own. */
export const LONGEST_LINE = 1023;

/** Splits a configuration into lines and words. Never throws; takes time in proportion to the length. */
export function tokenize(text: string): Tokens {
  const known = knownNames(text);
  const lines: Line[] = [];
  const definitions: Definition[] = [];
  let open: { name: string; span: { start: number; end: number }; value: string } | undefined;
  let start = 0;
  while (start <= text.length) {
    const feed = text.indexOf('\n', start);
    const next = feed < 0 ? text.length + 1 : feed + 1;
    let end = feed < 0 ? text.length : feed;
    while (end > start && text[end - 1] === '\r') end -= 1;
    const number = lines.length;
    const bounds = contentBounds(text, start, end);
    if (open !== undefined) {
      const value: string = text.slice(bounds.from, bounds.content.end).trimEnd();
      const goesOn: boolean = value.endsWith('\\');
      open = { ...open, value: `${open.value}\n${goesOn ? value.slice(0, -1) : value}` };
      lines.push({ ...emptyLine(number, start, end, 'definition'), comment: bounds.content.comment });
      if (!goesOn) {
        definitions.push({ ...open, multiline: true });
        open = undefined;
      }
    } else {
      const { line, definition } = readLine(text, number, start, end, bounds, known);
      lines.push(line);
      if (definition?.multiline === true) open = definition;
      else if (definition !== undefined) definitions.push(definition);
    }
    start = next;
  }
  if (open !== undefined) definitions.push({ ...open, multiline: true });
  return { lines, definitions };
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
  let from = start;
  if (from === 0 && text.charCodeAt(0) === 0xfeff) from += 1;
  while (from < stop && (text[from] === ' ' || text[from] === '\t')) from += 1;
  return { from, content: contentOf(text, from, stop) };
}

function emptyLine(number: number, start: number, end: number, kind: LineKind): Line {
  const nothing = { comment: undefined, condition: undefined, openQuote: undefined, subject: undefined };
  return { number, start, end, kind, pieces: [], ...nothing };
}

function readLine(
  text: string,
  number: number,
  start: number,
  end: number,
  { from, content }: Bounds,
  known: ReadonlySet<string>,
): { line: Line; definition?: Definition } {
  const base = {
    ...emptyLine(number, start, end, 'plain'),
    comment: content.comment,
    openQuote: content.openQuote,
  };
  const condition = /^@\S*/.exec(text.slice(from, content.end))?.[0];
  let at = from;
  if (condition !== undefined) {
    at += condition.length;
    while (at < content.end && (text[at] === ' ' || text[at] === '\t')) at += 1;
  }
  const line = {
    ...base,
    condition: condition === undefined ? undefined : { start: from, end: from + condition.length },
  };
  const rest = text.slice(at, content.end);
  const defined = definitionHead(rest);
  if (defined !== undefined) {
    const value = rest.slice(defined.valueAt).trimEnd();
    const multiline = value.endsWith('\\');
    const span = { start: at + 1, end: at + 1 + defined.name.length };
    const subject: Word = { value: defined.name, quoted: false, ...span, dynamic: false, placeholder: false };
    return {
      line: { ...line, kind: 'definition', subject },
      definition: { name: defined.name, span, value: multiline ? value.slice(0, -1) : value, multiline },
    };
  }
  const included = includeHead(rest);
  if (included !== undefined) {
    const value = rest.slice(included.valueAt).trimEnd();
    const begin = at + included.valueAt;
    const dynamic = value.includes('$');
    const subject = {
      value,
      quoted: false,
      start: begin,
      end: begin + value.length,
      dynamic,
      placeholder: false,
    };
    return { line: { ...line, kind: 'include', subject } };
  }
  const sequence = sequenceHead(rest);
  if (sequence !== undefined) {
    const pieces = splitPieces(text, at + sequence.length, content.end, known);
    return { line: { ...line, kind: 'sequence', pieces } };
  }
  return { line: { ...line, pieces: splitPieces(text, at, content.end, known) } };
}
