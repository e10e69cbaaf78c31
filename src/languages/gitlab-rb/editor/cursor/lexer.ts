import {
  LONGEST_TEXT,
  beginsBetween,
  heredocEnd,
  heredocsOf,
  percentLiteral,
  topLevel,
  wordEnd,
} from './lexer-parts';

/** A word of Ruby before the cursor. */
export interface Token {
  /** `label` is `name:` in a hash, `words` a `%w[...]`. */
  readonly kind: 'word' | 'string' | 'symbol' | 'label' | 'number' | 'words' | 'mark';
  readonly start: number;
  readonly end: number;
  /** The name, the text between the quotes, or the marks themselves. */
  readonly text: string;
  /** The quote, for strings and words; of labels and symbols too when they have one. */
  readonly quote?: string;
}

/** What the cursor stands in. */
export type Inside =
  | { readonly kind: 'code' }
  | { readonly kind: 'nothing' }
  /** An unfinished token: its content begins at `contentStart`. */
  | { readonly kind: 'token'; readonly token: Token; readonly contentStart: number };

/** The words of the statement before an offset, and what the offset stands in. */
export interface Lexed {
  readonly tokens: readonly Token[];
  readonly inside: Inside;
}

/** Marks of more than one character that matter here. */
const MARKS = [
  '<=>',
  '===',
  '**=',
  '||=',
  '&&=',
  '<<=',
  '=>',
  '==',
  '!=',
  '>=',
  '<=',
  '+=',
  '-=',
  '||',
  '&&',
  '<<',
  '=~',
  '::',
];

interface State {
  readonly text: string;
  readonly end: number;
  offset: number;
  tokens: Token[];
  depth: number;
  /** Texts whose body begins on the next line. */
  heredocs: string[];
  /** How far the ends of such texts were looked for in vain. */
  readonly searched: Map<string, number>;
}

/**
 * Reads the text up to an offset and keeps the words of the statement the offset stands in. It works on broken text:
 * brackets and quotes left open end where a new statement visibly begins. One pass, nothing is kept but one statement.
 */
export function lexBefore(text: string, offset: number): Lexed {
  const state: State = {
    text,
    end: offset,
    offset: 0,
    tokens: [],
    depth: 0,
    heredocs: [],
    searched: new Map(),
  };
  while (state.offset < offset) {
    const inside = step(state);
    if (inside !== undefined) return { tokens: state.tokens, inside };
  }
  return { tokens: state.tokens, inside: { kind: 'code' } };
}

/** Reads one token; gives what the end stands in when it is not between tokens. */
function step(state: State): Inside | undefined {
  const { text, offset } = state;
  const char = text.charAt(offset);
  if (char === '\n' || char === '\r') return newline(state);
  if (char === ' ' || char === '\t' || char === '\\') {
    state.offset += char === '\\' && text.charAt(offset + 1) === '\n' ? 2 : 1;
    return undefined;
  }
  if (char === '#') return skip(state, lineEnd(text, offset));
  if (char === "'" || char === '"' || char === '`') return quoted(state, char);
  if (char === '%') {
    const literal = percentLiteral(text, offset);
    if (literal !== undefined) return delimited(state, literal.kind, literal.contentStart, literal.close);
  }
  if (char === ':' && /^:["\w]/.test(text.slice(offset, offset + 2)) && text.charAt(offset - 1) !== ':') {
    return symbol(state);
  }
  if (/[\p{L}\p{N}_$@]/u.test(char)) return word(state);
  return mark(state);
}

function newline(state: State): Inside | undefined {
  const { text, offset } = state;
  let next = offset + (text.startsWith('\r\n', offset) ? 2 : 1);
  for (const name of state.heredocs) next = heredocEnd(text, next, name, state.searched);
  if (state.heredocs.length > 0 && next >= state.end) return { kind: 'nothing' };
  state.heredocs = [];
  state.offset = next;
  const last = state.tokens.at(-1);
  const goesOn = last?.kind === 'mark' && /^(=|,|\|\||&&|\+|<<|=>|\|\|=|\+=)$/.test(last.text);
  if ((state.depth === 0 && !goesOn) || topLevel(text, next)) {
    state.tokens = [];
    state.depth = 0;
  }
  return undefined;
}

/** A part nothing is completed in, such as a comment; its end belongs to it. */
function skip(state: State, end: number): Inside | undefined {
  if (end >= state.end) return { kind: 'nothing' };
  state.offset = end;
  return undefined;
}

function quoted(state: State, quote: string): Inside | undefined {
  const { text, offset } = state;
  const end = stringEnd(text, offset + 1, quote);
  if (end >= state.end) return unfinished(state, 'string', offset + 1, quote);
  const closed = text.charAt(end) === quote;
  const after = closed ? end + 1 : end;
  const label = closed && text.charAt(after) === ':' && text.charAt(after + 1) !== ':';
  push(state, label ? 'label' : 'string', after + (label ? 1 : 0), text.slice(offset + 1, end), quote);
  return undefined;
}

/** Where a string's content ends: at its quote, or with the line when a new statement begins before the quote. */
function stringEnd(text: string, from: number, quote: string): number {
  let line = -1;
  const last = Math.min(text.length, from + LONGEST_TEXT);
  for (let at = from; at < last; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (char === quote) return line >= 0 && beginsBetween(text, line, at) ? line : at;
    else if (char === '\n' && line < 0) line = at;
  }
  return line < 0 ? last : line;
}

function delimited(state: State, kind: 'string' | 'words', start: number, close: string): Inside | undefined {
  const { text } = state;
  const found = text.slice(start, start + LONGEST_TEXT).indexOf(close);
  const line = text.indexOf('\n', start);
  const lineStop = line < 0 ? text.length : line;
  const broken = found < 0 || (lineStop < start + found && beginsBetween(text, lineStop, start + found));
  const end = broken ? lineStop : start + found;
  if (end >= state.end) return unfinished(state, kind, start, '%');
  push(state, kind, broken ? end : end + 1, text.slice(start, end), '%');
  return undefined;
}

function symbol(state: State): Inside | undefined {
  const { text, offset } = state;
  if (text.charAt(offset + 1) === '"') {
    const end = stringEnd(text, offset + 2, '"');
    if (end >= state.end) return unfinished(state, 'symbol', offset + 2, '"');
    push(state, 'symbol', Math.min(end + 1, text.length), text.slice(offset + 2, end), '"');
    return undefined;
  }
  const end = wordEnd(text, offset + 1);
  if (end >= state.end) return unfinished(state, 'symbol', offset + 1);
  push(state, 'symbol', end, text.slice(offset + 1, end));
  return undefined;
}

function word(state: State): Inside | undefined {
  const { text, offset } = state;
  const end = wordEnd(text, offset);
  const name = text.slice(offset, end);
  const kind = /^\d/.test(name) ? 'number' : 'word';
  if (end >= state.end) return unfinished(state, kind, offset);
  const label = kind === 'word' && text.charAt(end) === ':' && text.charAt(end + 1) !== ':';
  push(state, label ? 'label' : kind, end + (label ? 1 : 0), name);
  return undefined;
}

function mark(state: State): undefined {
  const { text, offset } = state;
  const long = MARKS.find((one) => text.startsWith(one, offset));
  if (long === '<<') state.heredocs.push(...heredocsOf(text, offset));
  const name = long ?? text.charAt(offset);
  if (name === '[' || name === '{' || name === '(') state.depth += 1;
  else if (name === ']' || name === '}' || name === ')') state.depth = Math.max(0, state.depth - 1);
  if (name === ';' && state.depth === 0) {
    state.tokens = [];
    state.offset += 1;
  } else push(state, 'mark', offset + name.length, name);
}

function unfinished(state: State, kind: Token['kind'], contentStart: number, quote?: string): Inside {
  const { text, offset, end } = state;
  const token: Token = {
    kind,
    start: offset,
    end,
    text: text.slice(contentStart, end),
    ...(quote === undefined ? {} : { quote }),
  };
  return { kind: 'token', token, contentStart };
}

function push(state: State, kind: Token['kind'], end: number, text: string, quote?: string): void {
  state.tokens.push({ kind, start: state.offset, end, text, ...(quote === undefined ? {} : { quote }) });
  state.offset = Math.max(end, state.offset + 1);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
