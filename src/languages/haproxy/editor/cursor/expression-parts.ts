/** A name with its arguments inside a sample expression; offsets count in the value of its word. */
export interface Call {
  readonly role: 'fetch' | 'converter';
  readonly name: string;
  readonly start: number;
  /** Behind the name. */
  readonly end: number;
  /** Where the opening parenthesis stands; undefined without one. */
  readonly open: number | undefined;
  readonly args: readonly Argument[];
  /** Behind the closing parenthesis, or the end of what is written. */
  readonly close: number;
}

export interface Argument {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NAME = /[A-Za-z0-9_.+-]*/y;

/** Takes `fetch(args),converter(args),…` apart, however broken it is. */
export function readCalls(text: string, from: number, to: number, first: Call['role'] = 'fetch'): Call[] {
  const calls: Call[] = [];
  let role = first;
  let at = from;
  while (at <= to) {
    NAME.lastIndex = at;
    const name = (NAME.exec(text)?.[0] ?? '').slice(0, to - at);
    const end = at + name.length;
    const open = end < to && text.charAt(end) === '(' ? end : undefined;
    const { args, close } = open === undefined ? { args: [], close: end } : readArguments(text, open + 1, to);
    calls.push({ role, name, start: at, end, open, args, close });
    role = 'converter';
    const comma = text.indexOf(',', close);
    if (comma < 0 || comma >= to) break;
    at = comma + 1;
  }
  return calls;
}

function readArguments(text: string, start: number, to: number): { args: Argument[]; close: number } {
  const args: Argument[] = [];
  let from = start;
  let at = start;
  let quote = '';
  for (; at < to; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") at += 1;
    else if ((char === '"' || char === "'") && (quote === '' || quote === char))
      quote = quote === '' ? char : '';
    else if (quote === '' && (char === ',' || char === ')')) {
      args.push({ text: text.slice(from, at), start: from, end: at });
      if (char === ')') return { args, close: at + 1 };
      from = at + 1;
    }
  }
  args.push({ text: text.slice(from, to), start: from, end: to });
  return { args, close: to };
}

/** A stretch of a log format: an expression in `%[…]` or an alias such as `%ci`. */
export interface FormatPart {
  readonly kind: 'expression' | 'alias';
  readonly start: number;
  readonly end: number;
  /** False for an expression whose bracket is never closed. */
  readonly closed: boolean;
}

/** Expressions and aliases of a log format; what is between them is plain text. */
export function formatParts(text: string): FormatPart[] {
  const found: FormatPart[] = [];
  let at = text.indexOf('%');
  while (at >= 0) {
    const next = formatPart(text, at + 1, found);
    at = text.indexOf('%', next);
  }
  return found;
}

const FLAGS = /(?:\{[^}]*\})?(?:\([^)]*\))?(?:\{[^}]*\})?/y;

function formatPart(text: string, start: number, found: FormatPart[]): number {
  if (text.charAt(start) === '%') return start + 1;
  FLAGS.lastIndex = start;
  const at = start + (FLAGS.exec(text)?.[0].length ?? 0);
  if (text.charAt(at) === '[') {
    const close = closingBracket(text, at + 1);
    const end = close < 0 ? text.length : close;
    found.push({ kind: 'expression', start: at + 1, end, closed: close >= 0 });
    return end;
  }
  const alias = /^[A-Za-z]*/.exec(text.slice(at, at + 16))?.[0] ?? '';
  found.push({ kind: 'alias', start: at, end: at + alias.length, closed: true });
  return at + alias.length;
}

/** The bracket that ends an expression: not inside its parentheses or quotes. */
function closingBracket(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') at += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (depth > 0 && (char === '"' || char === "'")) quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(depth - 1, 0);
    else if (char === ']' && depth === 0) return at;
  }
  return depth > 0 ? text.indexOf(']', start) : -1;
}
