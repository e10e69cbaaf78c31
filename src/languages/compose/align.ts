/** One character of a YAML scalar as written: what it stands for and how long it is. */
interface Unit {
  readonly value: string;
  readonly length: number;
}

const SIMPLE: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

/**
 * Finds each character of a scalar's value in its source: line ends and indentation that YAML folds away are stepped
 * over. @returns the offsets, and the end's; undefined when value and source do not agree
 */
export function align(
  value: string,
  source: string,
  start: number,
  end: number,
  quote: '"' | "'" | undefined,
): number[] | undefined {
  const offsets: number[] = [];
  let at = start;
  let found = 0;
  while (found < value.length) {
    if (at >= end) return undefined;
    const unit = unitAt(source, at, quote);
    if (unit.value !== '' && value.startsWith(unit.value, found)) {
      for (let index = 0; index < unit.value.length; index += 1) offsets.push(at);
      found += unit.value.length;
      at += unit.length;
    } else if (unit.value === '\n' && value[found] === ' ') {
      offsets.push(at);
      found += 1;
      at += unit.length;
    } else if (unit.value === '' || /\s/.test(unit.value)) at += unit.length;
    else return undefined;
  }
  offsets.push(at);
  return offsets;
}

function unitAt(source: string, at: number, quote: '"' | "'" | undefined): Unit {
  const character = source[at] ?? '';
  if (character === '\r' && source[at + 1] === '\n') return { value: '\n', length: 2 };
  if (quote === "'" && character === "'" && source[at + 1] === "'") return { value: "'", length: 2 };
  if (quote === '"' && character === '\\') return escapeAt(source, at);
  return { value: character, length: 1 };
}

function escapeAt(source: string, at: number): Unit {
  const letter = source[at + 1] ?? '';
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { value: simple, length: 2 };
  const digits = { x: 2, u: 4, U: 8 }[letter];
  if (digits === undefined) return { value: '', length: 2 };
  const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
  const valid = Number.isInteger(code) && code <= 0x10ffff;
  return { value: valid ? String.fromCodePoint(code) : '', length: 2 + digits };
}
