import type { Word } from '../../syntax/word';

const ESCAPED: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
const VARIABLE =
  /\$(?:\{(?:\.[A-Za-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*)(?:\[\*\])?(?:-([^}]*))?\}|\.[A-Za-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*)/y;

/**
 * Where each character of a word's value stands in the file: quotes, escapes and variables make the two differ.
 * @returns offsets with one more for the end, or undefined when the word cannot be followed
 */
export function valueOffsets(text: string, word: Word): readonly number[] | undefined {
  if (isPlain(word)) {
    return Array.from({ length: word.value.length + 1 }, (_, at) => word.start + at);
  }
  const offsets: number[] = [];
  const put = (from: number, length: number): void => {
    for (let count = 0; count < length; count += 1) offsets.push(from);
  };
  let quote = '';
  let at = word.start;
  while (at < word.end) {
    const char = text.charAt(at);
    if ((char === '"' || char === "'") && (quote === '' || quote === char)) {
      quote = quote === '' ? char : '';
      at += 1;
    } else if (char === '\\' && quote !== "'") at = escape(text, at, word.end, quote, put);
    else if (char === '$' && quote === '"') {
      VARIABLE.lastIndex = at;
      const match = VARIABLE.exec(text);
      if (match === null) return undefined;
      put(at, match[1]?.length ?? 1);
      at += match[0].length;
    } else {
      put(at, 1);
      at += 1;
    }
  }
  offsets.push(closingOffset(text, word));
  return offsets.length === word.value.length + 1 ? offsets : undefined;
}

/** True when a word stands in the file as it is read: whatever makes the two differ changes the length. */
function isPlain(word: Word): boolean {
  return word.end - word.start === word.value.length && !word.dynamic && !word.quoted;
}

function escape(
  text: string,
  at: number,
  end: number,
  quote: string,
  put: (from: number, length: number) => void,
): number {
  const next = at + 1 < end ? text.charAt(at + 1) : '';
  const short =
    next in ESCAPED || [' ', '\\', '#', "'", '"'].includes(next) || (next === '$' && quote === '"');
  const length = short && next !== '' ? 2 : next === 'x' ? 4 : 1;
  put(at, 1);
  return at + length;
}

/** The end of the value: before a closing quote. */
function closingOffset(text: string, word: Word): number {
  const last = text.charAt(word.end - 1);
  const closes = word.quoted && (last === '"' || last === "'") && word.end - word.start > 1;
  return closes ? word.end - 1 : word.end;
}

export interface SourceSpan {
  readonly start: number;
  readonly end: number;
  /** False when the word as a whole stands for a part that cannot be told apart. */
  readonly exact: boolean;
}

/** Finds the stretches of the file that hold characters `from` to `to` of a word's value. */
export function sourceSpans(text: string, word: Word): (from: number, to: number) => SourceSpan {
  if (isPlain(word)) {
    return (from, to) => ({ start: word.start + from, end: word.start + to, exact: to > from });
  }
  const offsets = valueOffsets(text, word);
  return (from, to) => {
    const start = offsets?.[from];
    const last = offsets?.[to - 1];
    if (start === undefined || last === undefined || to <= from) {
      return { start: word.start, end: word.end, exact: false };
    }
    // The character behind may stand after a quote: the last one's own place counts.
    const exact = text.slice(start, last + 1) === word.value.slice(from, to);
    return exact ? { start, end: last + 1, exact } : { start, end: offsets?.[to] ?? word.end, exact };
  };
}

/** One such stretch. */
export function sourceSpan(text: string, word: Word, from: number, to: number): SourceSpan {
  return sourceSpans(text, word)(from, to);
}

/** How many characters of a word's value stand before an offset of the file. */
export function valueLengthBefore(text: string, word: Word, offset: number): number {
  const offsets = valueOffsets(text, word);
  if (offsets === undefined) return Math.min(Math.max(offset - word.start, 0), word.value.length);
  let count = 0;
  while (count < word.value.length && (offsets[count] ?? Infinity) < offset) count += 1;
  return count;
}
