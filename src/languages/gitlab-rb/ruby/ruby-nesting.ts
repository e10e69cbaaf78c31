/**
 * How deeply a text makes the Ruby parser descend, counted from the text alone: what the parser's own stack takes differs
 * from machine to machine, and the same text must get the same answer on each.
 *
 * Counted are open brackets, open blocks (`if` to `end`), and the words and signs of the statement at hand, of which each
 * may hold the next one (`!!a`, `a = b = c`, `puts puts a`). That is more than what Ruby nests, so the count alone is no
 * finding; real files stay far below the bound.
 */

/** The deepest place of a text. */
export interface Nesting {
  readonly depth: number;
  readonly offset: number;
}

/** Something open: a bracket, a block, or a text around a part in `#{}`. */
interface Open {
  readonly kind: 'bracket' | 'block' | 'text';
  /** Words and signs before it in its statement: each statement in it begins with these. */
  readonly before: number;
  /** Closes the text the part stands in. */
  readonly quote: string;
  /** Its further branches, which Ruby nests in each other. */
  branches: number;
}

interface State {
  readonly text: string;
  readonly open: Open[];
  /** Texts whose body begins on the next line. */
  heredocs: string[];
  /** What was looked for in vain is not looked for again. */
  readonly missing: Set<string>;
  offset: number;
  /** Words and signs of the statement so far, with those of what is around it. */
  links: number;
  branches: number;
  /** What came last can be a value, so an `if` after it opens nothing. */
  value: boolean;
  /** The statement goes on in the next line. */
  goesOn: boolean;
  /** A loop's own `do` opens nothing. */
  loop: boolean;
  deepest: number;
  at: number;
  /** Lines that nest next to nothing are stepped over as a whole. */
  plain: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
/** Open something with `end`, wherever they stand. */
const BLOCKS = words('begin case class def do for module');
/** Open something with `end` only where a statement or a value begins. */
const CONDITIONS = words('if unless until while');
const BRANCHES = words('elsif rescue');
const LOOPS = words('for until while');
/** Something follows them, also on the next line. */
const LEADING = words(
  'alias and case class def defined? elsif if in module not or undef unless until when while',
);
const NO_VALUE = words('begin do else ensure rescue then');
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const MOST_MISSING = 20;

const WORD = /[\p{L}\p{N}_@$]+[?!]?(?::(?!:))?/uy;
/** A line that goes on with the statement above it, or after which another one may. */
const FOLLOWS = /[ \t]*(?:&?\.|&&|\|\||and\b|or\b|#|\r?\n)/y;
const HEREDOC = /<<[~-]?(?:(["'`])(?<quoted>[^"'`\n]*)\1|(?<plain>[A-Z_]\w*))/y;
const LITERAL = /%(?<letter>[wWiIqQrsx]?)(?<opening>[^\w\s=])/y;
const ENDLESS = /\s+[\w.]+[?!]?(?:\([^()\n]*\))?\s*=(?![=~>])/y;
const OF_TEXT = { '"': /["\\]|#\{/g, '`': /[`\\]|#\{/g, '/': /[/\\\n]|#\{/g, "'": /['\\]/g } as const;

/**
 * The deepest place of a Ruby text, also of a broken one. One pass, which ends where it is deeper than a bound.
 * @param most the bound; everything is read without one
 */
export function deepestNesting(text: string, most = Infinity): Nesting {
  const state: State = {
    text,
    open: [],
    heredocs: [],
    missing: new Set(),
    offset: 0,
    links: 0,
    branches: 0,
    value: false,
    goesOn: false,
    loop: false,
    deepest: 0,
    at: 0,
    plain: false,
  };
  // Whoever only asks whether a bound holds needs no count of lines that cannot come near it.
  state.plain = most >= SHALLOW;
  lineStart(state);
  while (state.offset < text.length && state.deepest <= most) step(state);
  return { depth: state.deepest, offset: state.at };
}

function step(state: State): void {
  const { text, offset } = state;
  const char = text.charAt(offset);
  switch (char) {
    case ' ':
    case '\t':
    case '\r':
    case '\ufeff':
      state.offset += 1;
      return;
    case '\n':
      return newline(state);
    case '#':
      state.offset = lineEnd(text, offset);
      return;
    case '\\':
      state.offset += /\\\r?\n/y.test(text.slice(offset, offset + 3)) ? 3 : 1;
      return;
    case ';':
      return statement(state, offset + 1);
    case ',':
      return comma(state);
    case '(':
    case '[':
    case '{':
      push(state, 'bracket', '');
      state.offset += 1;
      return;
    case ')':
    case ']':
    case '}':
      return close(state, char);
    case "'":
    case '"':
    case '`':
      return quoted(state, char);
    default:
      return word(state) ? undefined : sign(state, char);
  }
}

/** A word or sign more in this statement. */
function link(state: State, offset: number): void {
  state.links += 1;
  deepen(state, offset);
}

function deepen(state: State, offset: number): void {
  const depth = state.links + state.open.length + state.branches;
  if (depth <= state.deepest) return;
  state.deepest = depth;
  state.at = offset;
}

function push(state: State, kind: Open['kind'], quote: string): void {
  state.open.push({ kind, before: state.links, quote, branches: 0 });
  deepen(state, state.offset);
  state.value = false;
  state.goesOn = false;
}

function pop(state: State): Open | undefined {
  const top = state.open.pop();
  state.branches -= top?.branches ?? 0;
  // What stands behind it hangs on it: `a[1][2]`.
  state.links = (top?.before ?? 0) + 1;
  state.value = true;
  state.goesOn = false;
  return top;
}

function statement(state: State, next: number): void {
  state.links = state.open.at(-1)?.before ?? 0;
  state.value = false;
  state.goesOn = false;
  state.loop = false;
  state.offset = next;
}

function comma(state: State): void {
  const top = state.open.at(-1);
  if (top?.kind === 'bracket') state.links = top.before;
  state.value = false;
  state.goesOn = true;
  state.offset += 1;
}

function newline(state: State): void {
  const { text, heredocs } = state;
  state.offset += 1;
  if (heredocs.length > 0) {
    for (const name of heredocs) skipHeredoc(state, name);
    state.heredocs = [];
  }
  FOLLOWS.lastIndex = state.offset;
  if (!state.goesOn && !FOLLOWS.test(text)) statement(state, state.offset);
  lineStart(state);
}

/** What a plain line nests is less than this. */
const SHALLOW = 10;
/** A comment, an empty line, or a setting with a plain value, which the next line does not go on with. */
const PLAIN =
  /(?:[ \t]*(?:#[^\n]*)?|[a-z_]+\[(['"])[\w.-]+\1\] = (?:'[^'\n\\]*'|\d+|true|false|nil)[ \t]*)\r?\n(?![ \t]*(?:&?\.|&&|\|\||and\b|or\b))/y;

function skipPlain(state: State): void {
  let { offset } = state;
  for (PLAIN.lastIndex = offset; PLAIN.test(state.text);) offset = PLAIN.lastIndex;
  if (offset > state.offset) statement(state, offset);
}

/** Parts of a file that are not code, by the word on a line of its own that begins them. */
function lineStart(state: State): void {
  if (state.plain && state.open.length === 0 && !state.goesOn) skipPlain(state);
  const { text, offset } = state;
  if (text.startsWith('=begin', offset)) {
    const end = text.indexOf('\n=end', offset);
    state.offset = end < 0 ? text.length : end + 5;
  } else if (
    text.startsWith('__END__', offset) &&
    /^__END__\r?(?:\n|$)/.test(text.slice(offset, offset + 9))
  ) {
    state.offset = text.length;
  }
}

function skipHeredoc(state: State, name: string): void {
  const { text, offset, missing } = state;
  if (missing.has(name) || missing.size > MOST_MISSING) return;
  for (let line = offset; line < text.length; line = lineEnd(text, line) + 1) {
    const end = lineEnd(text, line);
    if (end - line < name.length || text.slice(line, end).trim() !== name) continue;
    state.offset = end + 1;
    return;
  }
  missing.add(name);
}

function close(state: State, char: string): void {
  const kind = state.open.at(-1)?.kind;
  state.offset += 1;
  state.value = true;
  state.goesOn = false;
  if (kind === 'bracket') pop(state);
  else if (kind === 'text' && char === '}') {
    const quote = pop(state)?.quote ?? '';
    restOfText(state, quote, state.offset);
  }
}

function quoted(state: State, quote: string): void {
  // A quote that nothing closes is no text for the rest of the file.
  if (!restOfText(state, quote, state.offset + 1)) state.offset += 1;
}

/** Goes to the end of a text, or into the first of its parts in `#{}`; false when it has no end. */
function restOfText(state: State, quote: string, from: number): boolean {
  const { text, missing } = state;
  const signs = OF_TEXT[quote as keyof typeof OF_TEXT];
  if (missing.has(quote)) return false;
  for (signs.lastIndex = from; ;) {
    if (!signs.test(text)) {
      missing.add(quote);
      return false;
    }
    const found = text.charAt(signs.lastIndex - 1);
    if (found === '\n') return false;
    if (found === '\\') signs.lastIndex += 1;
    else if (found === '{') {
      state.offset = signs.lastIndex;
      push(state, 'text', quote);
      return true;
    } else {
      state.offset = signs.lastIndex;
      state.value = true;
      state.goesOn = false;
      return true;
    }
  }
}

function word(state: State): boolean {
  const { text, offset } = state;
  WORD.lastIndex = offset;
  if (!WORD.test(text)) return false;
  const whole = text.slice(offset, WORD.lastIndex);
  const isLabel = whole.endsWith(':') && !(state.value && text.charAt(offset - 1) === '?');
  state.offset += whole.length;
  if (isLabel) {
    state.value = false;
    state.goesOn = true;
  } else if (text.charAt(offset - 1) === '.' || !keyword(state, whole, offset)) {
    // Numbers hold nothing.
    if (!/^\d/.test(whole)) link(state, offset);
    state.value = true;
    state.goesOn = false;
  }
  return true;
}

/** Takes a word of the language; false when it is none of those that matter here. */
function keyword(state: State, name: string, offset: number): boolean {
  const top = state.open.at(-1);
  if (name === 'end') {
    if (top?.kind === 'block') pop(state);
    state.value = true;
    state.goesOn = false;
    return true;
  }
  const leading = LEADING.has(name);
  if (!leading && !NO_VALUE.has(name)) return false;
  if (BRANCHES.has(name) && !state.value && top?.kind === 'block') {
    top.branches += 1;
    state.branches += 1;
    deepen(state, offset);
  } else if (opensBlock(state, name)) push(state, 'block', '');
  else link(state, offset);
  if (name === 'do') state.loop = false;
  if (LOOPS.has(name)) state.loop = true;
  state.value = false;
  state.goesOn = leading;
  return true;
}

function opensBlock({ text, offset, value, loop }: State, name: string): boolean {
  if (CONDITIONS.has(name)) return !value;
  if (!BLOCKS.has(name) || (name === 'do' && loop)) return false;
  ENDLESS.lastIndex = offset;
  return name !== 'def' || !ENDLESS.test(text);
}

function sign(state: State, char: string): void {
  const { text, offset, value } = state;
  if (char === '%' && literal(state)) return;
  if (char === '<' && text.charAt(offset + 1) === '<') heredoc(state);
  if (char === '/' && !value && text.charAt(offset + 1) !== ' ' && restOfText(state, '/', offset + 1)) return;
  // `:name`, and a single character: `?"`.
  const name = char === ':' ? /^:[\p{L}\p{N}_]/u : char === '?' && !value ? /^\?\S(?!\w)/ : undefined;
  if (name?.test(text.slice(offset, offset + 3))) {
    state.offset += char === ':' ? 1 : 2;
    if (char === ':') {
      WORD.lastIndex = state.offset;
      state.offset += WORD.exec(text)?.[0].length ?? 1;
    }
    state.value = true;
    state.goesOn = false;
    return;
  }
  link(state, offset);
  state.offset += 1;
  state.value = false;
  state.goesOn = true;
}

function heredoc(state: State): void {
  HEREDOC.lastIndex = state.offset;
  const { quoted: inQuotes, plain } = HEREDOC.exec(state.text)?.groups ?? {};
  const name = inQuotes ?? plain;
  if (name !== undefined && name !== '') state.heredocs.push(name);
}

/** `%w[a b]` and the like, when nothing in it is code. */
function literal(state: State): boolean {
  const { text, offset, value, missing } = state;
  LITERAL.lastIndex = offset;
  const { letter, opening = '' } = LITERAL.exec(text)?.groups ?? {};
  if (letter === undefined || (letter === '' && (value || CLOSING[opening] === undefined))) return false;
  const closing = CLOSING[opening] ?? opening;
  const id = `%${closing}`;
  if (missing.has(id)) return false;
  const start = offset + letter.length + 2;
  let end = start;
  for (let inner = 0; end < text.length; end += 1) {
    const char = text.charAt(end);
    if (char === '\\') end += 1;
    else if (char === closing) {
      if (inner === 0) break;
      inner -= 1;
    } else if (char === opening) inner += 1;
    else if (char === '#' && text.charAt(end + 1) === '{') return false;
  }
  if (end >= text.length) {
    missing.add(id);
    return false;
  }
  state.offset = end + 1;
  state.value = true;
  state.goesOn = false;
  return true;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
