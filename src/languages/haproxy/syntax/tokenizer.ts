import { UNKNOWN_TEXT, type LexFault, type LexFaultKind, type Line, type Word } from './word';

const TAB = 9;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const BYTE_ORDER_MARK = 0xfeff;

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  ' ': ' ',
  '\\': '\\',
  '#': '#',
};

/** HAProxy refuses a line with far fewer words; what follows is read, but not kept. */
export const MOST_KEPT_WORDS = 1_000;

/** A variable as HAProxy names it; a dot begins one of its own: `.LINE`, `.FILE`, `.SECTION`. */
const VARIABLE = /(?:\.[A-Za-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*)/y;

/**
 * Splits a configuration into lines of words the way HAProxy does (quotes, escapes, variables in double quotes,
 * comments). Never throws; what HAProxy refuses is a fault of the line. Linear in the length of the text.
 * @param files where files begin in a text joined of several
 */
export function tokenize(text: string, files: ReadonlySet<number> = FROM_START): Line[] {
  const lines = tokenizeLines(text, { start: 0, end: text.length, number: 0 }, files);
  // A text without a line is one that is empty.
  return lines.length > 0 ? lines : tokenizeLines(text, { start: 0, end: 1, number: 0 }, files);
}

/** Some lines of a text: where the first begins, where the last has ended, and the number of the first. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

/** Splits some lines of a configuration into words, as `tokenize` does with all. */
export function tokenizeLines(
  text: string,
  { start: first, end: behind, number: from }: LineRange,
  files: ReadonlySet<number> = FROM_START,
): Line[] {
  const lines: Line[] = [];
  const scanner = new LineScanner(text);
  let start = first;
  for (let number = from; start < behind; number += 1) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    lines.push(scanner.scan(number, start, end, files.has(start)));
    start = end + 1;
  }
  return lines;
}

const FROM_START: ReadonlySet<number> = new Set([0]);

export function isSpace(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= CR);
}

/**
 * A class, as are lines and statements: objects written out the engine would soon place among those that stay, where
 * it collects no garbage for long, once one large section made it believe so.
 */
class ReadWord implements Word {
  constructor(
    readonly value: string,
    readonly start: number,
    readonly end: number,
    readonly dynamic: boolean,
    readonly unset: boolean,
    readonly quoted: boolean,
  ) {}
}

class ReadLine implements Line {
  constructor(
    readonly number: number,
    readonly start: number,
    readonly end: number,
    readonly words: readonly Word[],
    readonly comment: Line['comment'],
    readonly fault: LexFault | undefined,
    readonly openEnded: boolean,
  ) {}
}

/** Reads one line after the other; an object only to keep the state of a line in one place. */
class LineScanner {
  /** The words of the line so far, and behind them what is left of longer ones before. */
  private readonly words: Word[] = [];
  private count = 0;
  private number = 0;
  private start = 0;
  private end = 0;
  private at = 0;
  private fault: LexFault | undefined;
  private comment: Line['comment'];
  private openEnded = false;

  private wordStart = -1;
  /** Text of the word before `copied`, when it differs from the source. */
  private built = '';
  private copied = 0;
  private dynamic = false;
  private unset = false;
  private quoted = false;
  private quote = 0;
  private quoteStart = 0;

  constructor(private readonly text: string) {}

  scan(number: number, start: number, end: number, first: boolean): Line {
    this.number = number;
    this.start = start;
    this.end = end;
    // A byte order mark is a finding of its own; what follows is read as if it were not there.
    this.at = first && this.text.charCodeAt(start) === BYTE_ORDER_MARK ? start + 1 : start;
    this.fault = undefined;
    this.comment = undefined;
    this.openEnded = false;
    this.quote = 0;
    return this.read();
  }

  private read(): Line {
    while (this.at < this.end && this.fault === undefined) {
      this.skipPlain();
      if (this.at >= this.end) break;
      const code = this.text.charCodeAt(this.at);
      // HAProxy ends the line at a carriage return, wherever it stands.
      if (code === CR) break;
      if (this.quote === 0 && code === HASH) {
        this.comment = { start: this.at, end: this.trimmedEnd() };
        break;
      }
      if (this.quote === 0 && isSpace(code)) {
        this.endWord();
        this.at += 1;
      } else this.character(code);
    }
    this.finish();
    const { number, start, end, comment, fault, openEnded } = this;
    // A list that grew has places to spare, which would stay empty.
    const words = this.words.slice(0, this.count);
    this.count = 0;
    return new ReadLine(number, start, end, words, comment, fault, openEnded);
  }

  /** Goes on behind letters that stand for themselves, as nearly all do. */
  private skipPlain(): void {
    const { text, end, at: from } = this;
    let at = from;
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE || code === APOSTROPHE || code === BACKSLASH) break;
      if (this.quote === 0 ? code <= SPACE || code === HASH : code <= CR || code === DOLLAR) break;
    }
    if (at === from) return;
    this.begin();
    this.at = at;
  }

  private trimmedEnd(): number {
    return this.end > this.at && this.text.charCodeAt(this.end - 1) === CR ? this.end - 1 : this.end;
  }

  private finish(): void {
    if (this.quote !== 0 && this.fault === undefined) {
      this.fail('unmatched-quote', this.quoteStart, this.trimmedEnd());
    }
    this.endWord();
  }

  private character(code: number): void {
    this.begin();
    if (code === QUOTE && this.quote !== APOSTROPHE) this.toggleQuote(QUOTE);
    else if (code === APOSTROPHE && this.quote !== QUOTE) this.toggleQuote(APOSTROPHE);
    else if (code === BACKSLASH && this.quote !== APOSTROPHE) this.escape();
    else if (code === DOLLAR && this.quote === QUOTE) this.variable();
    else if (code === 0) this.fail('nul', this.at, this.at + 1);
    else this.at += 1;
  }

  private begin(): void {
    if (this.wordStart >= 0) return;
    this.wordStart = this.at;
    this.copied = this.at;
    this.built = '';
    this.dynamic = false;
    this.unset = false;
    this.quoted = false;
  }

  private endWord(): void {
    if (this.wordStart < 0) return;
    const end = Math.min(this.at, this.end);
    const value = this.built + this.text.slice(this.copied, end);
    const { wordStart: start, dynamic, unset, quoted } = this;
    if (this.count < MOST_KEPT_WORDS) {
      this.words[this.count] = new ReadWord(value, start, end, dynamic, unset, quoted);
      this.count += 1;
    }
    this.wordStart = -1;
  }

  /** Replaces `length` source characters at the present place by `replacement`. */
  private replace(length: number, replacement: string): void {
    this.built += this.text.slice(this.copied, this.at) + replacement;
    this.at = Math.min(this.at + length, this.end);
    this.copied = this.at;
  }

  private toggleQuote(quote: number): void {
    this.quoteStart = this.at;
    this.quote = this.quote === quote ? 0 : quote;
    this.quoted = true;
    this.replace(1, '');
  }

  private escape(): void {
    const next = this.at + 1 < this.end ? this.text.charAt(this.at + 1) : '';
    const plain = ESCAPES[next];
    if (plain !== undefined) this.replace(2, plain);
    else if (next === "'" || next === '"' || (next === '$' && this.quote === QUOTE)) this.replace(2, next);
    else if (next === 'x') this.hexEscape();
    else this.at += 1;
  }

  private hexEscape(): void {
    const digits = this.text.slice(this.at + 2, Math.min(this.at + 4, this.end));
    if (/^[0-9A-Fa-f]{2}$/.test(digits)) this.replace(4, String.fromCharCode(parseInt(digits, 16)));
    else this.fail('hex-escape', this.at, Math.min(this.at + 4, this.end));
  }

  private variable(): void {
    const braced = this.text.charCodeAt(this.at + 1) === OPEN_BRACE && this.at + 1 < this.end;
    const nameStart = this.at + (braced ? 2 : 1);
    VARIABLE.lastIndex = nameStart;
    const name = nameStart < this.end ? (VARIABLE.exec(this.text)?.[0] ?? '') : '';
    if (name === '') return this.fail('variable-name', this.at, Math.min(nameStart + 1, this.end));
    let end = nameStart + name.length;
    this.dynamic = true;
    if (!braced) {
      this.unset ||= !name.startsWith('.');
      return this.replace(end - this.at, UNKNOWN_TEXT);
    }
    if (this.text.startsWith('[', end) && end < this.end) {
      if (!this.text.startsWith('[*]', end)) return this.fail('word-expansion', end, end + 1);
      this.openEnded = true;
      end += 3;
    }
    this.bracedEnd(end, name);
  }

  private bracedEnd(end: number, name: string): void {
    if (this.text.charCodeAt(end) === CLOSE_BRACE && end < this.end) {
      this.unset ||= !name.startsWith('.');
      return this.replace(end + 1 - this.at, UNKNOWN_TEXT);
    }
    const close = this.text.charAt(end) === '-' ? this.text.indexOf('}', end) : -1;
    if (close < 0 || close >= this.end)
      return this.fail('unmatched-brace', this.at, Math.min(end + 1, this.end));
    this.replace(close + 1 - this.at, this.text.slice(end + 1, close));
  }

  private fail(kind: LexFaultKind, start: number, end: number): void {
    this.fault ??= { kind, start, end: Math.max(end, start + 1) };
    this.at = this.end;
  }
}
