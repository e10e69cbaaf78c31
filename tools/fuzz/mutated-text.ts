/** Random changes of configuration files, from a slip of the finger to another file's bytes. */
import fc from 'fast-check';

/** What hurts a tokenizer in any language. */
const SIGNS = [
  '\0',
  '\r\n',
  '\r',
  '\n',
  '\t',
  '\ufeff',
  '\ud800',
  '\udc00',
  '\u2028',
  '\u0085',
  '\u00a0',
  '💥',
  '"',
  "'",
  '`',
  '\\',
  '\\\n',
  '#',
  '!',
  ';',
  ',',
  ':',
  '=',
  '=>',
  '$',
  '@',
  '%',
  '-1',
  '0',
  '99999999999999999999',
  '1e309',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '{{',
  '}}',
  '${',
  '%[',
  '#{',
  '%w[',
  '<<~X\n',
  '=begin\n',
  '__END__\n',
  ' do |a| ',
  ' if ',
  ' end\n',
  '.if 1\n',
  '.endif\n',
  '{ path / }',
  '@x ',
  'include x\n',
  '~SEQ(a, 1, 3) ',
  '$A=\\\n',
  '# ha-lab: ignore ',
] as const;

interface Amounts {
  readonly at: number;
  readonly to: number;
  readonly count: number;
  readonly piece: string;
}

interface Change extends Amounts {
  readonly kind: keyof typeof CHANGES;
}

/** The kinds of changes; numbers are taken modulo what the text has. */
const CHANGES = {
  cut: (text, { at, count }) => replace(text, at, count, ''),
  put: (text, { at, count, piece }) => replace(text, at, count % 12, piece),
  nest: (text, { at, count, piece }) => replace(text, at, 0, piece.repeat(count)),
  'long line': (text, { at, count, piece }) =>
    replace(text, at, 0, piece.replaceAll('\n', ' ').repeat(count * 3)),
  'end here': (text, { at }) => text.slice(0, at % (text.length + 1)),
  CRLF: (text) => text.replace(/\r?\n/g, '\r\n'),
  CR: (text) => text.replace(/\r?\n/g, '\r'),
  BOM: (text) => `\ufeff${text}`,
  'join lines': (text, { at }) =>
    text.replace(/\n/g, (end, offset: number) => (offset % 3 === at % 3 ? ' ' : end)),
  'copy word': (text, { at, to }) => copyPart(text, WORDS, at, to, ' '),
  'drop word': (text, { at }) => dropPart(text, WORDS, at),
  'swap words': (text, { at, to }) => swapParts(text, WORDS, at, to),
  'other case': (text, { at }) => changePart(text, WORDS, at, otherCase),
  'copy line': (text, { at, to }) => copyPart(text, LINES, at, to, '\n'),
  'drop line': (text, { at }) => dropPart(text, LINES, at),
  'swap lines': (text, { at, to }) => swapParts(text, LINES, at, to),
  'repeat line': (text, { at, count }) =>
    changePart(text, LINES, at, (line) => `${line}\n`.repeat(count + 1)),
  'foreign line': (text, { at, piece }) => changePart(text, LINES, at, (line) => `${piece}\n${line}`),
} satisfies Record<string, (text: string, amounts: Amounts) => string>;

const KINDS = Object.keys(CHANGES) as (keyof typeof CHANGES)[];

/**
 * Texts made of valid files by one to five changes.
 * @param files to start from; a failing one shrinks towards the first
 */
export function mutated(files: readonly string[]): fc.Arbitrary<string> {
  const words = wordsOf(files);
  const lines = [...new Set(files.flatMap((text) => text.split('\n')))];
  const piece = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom(...SIGNS),
    fc.constantFrom(...lines).map((line) => `${line}\n`),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const change: fc.Arbitrary<Change> = fc.record({
    kind: fc.constantFrom(...KINDS),
    at: fc.nat(),
    to: fc.nat(),
    count: fc.nat({ max: 60 }),
    piece,
  });
  return fc
    .tuple(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 5 }))
    .map(([text, changes]) => changes.reduce((changed, one) => CHANGES[one.kind](changed, one), text));
}

function wordsOf(files: readonly string[]): readonly string[] {
  return [...new Set(files.join(' ').split(/\s+/))].filter((word) => word !== '' && word.length < 60);
}

function replace(text: string, at: number, length: number, put: string): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + put + text.slice(place + length);
}

/** Separators, kept: what they separate stands at the even places of the list. */
const WORDS = /(\s+)/;
const LINES = /(\n)/;

/** The even place a number means. */
function partAt(parts: readonly string[], number: number): number {
  return 2 * (number % ((parts.length + 1) / 2));
}

function changePart(text: string, between: RegExp, at: number, change: (part: string) => string): string {
  const parts = text.split(between);
  const place = partAt(parts, at);
  parts[place] = change(parts[place] ?? '');
  return parts.join('');
}

function copyPart(text: string, between: RegExp, at: number, to: number, separator: string): string {
  const parts = text.split(between);
  parts.splice(partAt(parts, to), 0, parts[partAt(parts, at)] ?? '', separator);
  return parts.join('');
}

function dropPart(text: string, between: RegExp, at: number): string {
  const parts = text.split(between);
  parts.splice(partAt(parts, at), 2);
  return parts.join('');
}

function swapParts(text: string, between: RegExp, at: number, to: number): string {
  const parts = text.split(between);
  const [one, other] = [partAt(parts, at), partAt(parts, to)];
  [parts[one], parts[other]] = [parts[other] ?? '', parts[one] ?? ''];
  return parts.join('');
}

function otherCase(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.toUpperCase();
}
