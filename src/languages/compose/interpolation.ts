/** Values of the variables a compose file names, as far as they are known: those of the `.env` beside it. */
export type Variables = Readonly<Record<string, string>>;

/** A place where Compose puts something, or refuses to. */
export interface Dollar {
  readonly start: number;
  readonly end: number;
  /** `$$`, which is one dollar sign; a variable; or something Compose refuses the file for. */
  readonly kind: 'escaped' | 'variable' | 'refused';
  readonly name: string;
  /** What stands between name and closing brace, e.g. `:-17.5.2-ee.0`. */
  readonly modifier: string;
}

const NAME = /[A-Za-z_]\w*/y;
const MODIFIER = /^(?::?[-?+])/;

/** Every dollar sign of a text as Compose reads it. */
export function dollars(text: string): Dollar[] {
  const found: Dollar[] = [];
  for (let start = text.indexOf('$'); start >= 0;) {
    const dollar = dollarAt(text, start);
    found.push(dollar);
    start = text.indexOf('$', dollar.end);
  }
  return found;
}

function dollarAt(text: string, start: number): Dollar {
  const next = text[start + 1];
  if (next === '$') return { start, end: start + 2, kind: 'escaped', name: '', modifier: '' };
  const name = nameAt(text, next === '{' ? start + 2 : start + 1);
  const refused: Dollar = { start, end: start + 1, kind: 'refused', name: '', modifier: '' };
  if (next !== '{') {
    if (name === '') return refused;
    return { start, end: start + 1 + name.length, kind: 'variable', name, modifier: '' };
  }
  const close = closingBrace(text, start + 1);
  if (name === '' || close < 0) return refused;
  const modifier = text.slice(start + 2 + name.length, close);
  if (modifier !== '' && !MODIFIER.test(modifier)) return refused;
  return { start, end: close + 1, kind: 'variable', name, modifier };
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}

/** The brace that closes the one at `open`; what stands for an unset variable may hold variables itself. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '\n') return -1;
    if (text[at] === '{' && (at === open || text[at - 1] === '$')) depth += 1;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** Variables in what stands for variables: deeper is nothing people write. */
const DEEPEST = 8;

/**
 * The text as Compose hands it over. @returns undefined when it names a variable nobody knows here, or when Compose
 * refuses it
 */
export function interpolate(text: string, variables: Variables, depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, kind, name, modifier } of dollars(text)) {
    parts.push(text.slice(from, start));
    from = end;
    if (kind === 'refused') return undefined;
    const value = kind === 'escaped' ? '$' : valueOf(name, modifier, variables, depth);
    if (value === undefined) return undefined;
    parts.push(value);
  }
  return parts.join('') + text.slice(from);
}

function valueOf(name: string, modifier: string, variables: Variables, depth: number): string | undefined {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  const sign = MODIFIER.exec(modifier)?.[0] ?? '';
  const rest = modifier.slice(sign.length);
  // With a colon an empty value is none.
  const isSet = value !== undefined && (!sign.startsWith(':') || value !== '');
  if (sign.endsWith('+')) return isSet ? interpolate(rest, variables, depth + 1) : '';
  if (isSet) return value;
  return sign.endsWith('-') ? interpolate(rest, variables, depth + 1) : undefined;
}

/**
 * The variables of a `.env` file. Never throws; of what it cannot read it knows nothing.
 * @param text lines `NAME=value`, with or without `export` and quotes, and comments
 */
export function readDotEnv(text: string): Variables {
  const found: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', written = ''] =
      /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === '') continue;
    const [, quote, quoted] = /^(["'])(.*?)\1(?:\s+#.*)?$/.exec(written) ?? [];
    const plain = quoted ?? written.replace(/\s+#.*$/, '').replace(/^#.*$/, '');
    // Only what is in single quotes is taken as it stands.
    const value = quote === "'" ? plain : interpolate(plain, found);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
