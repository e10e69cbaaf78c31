import type { ValueType } from './schema';

/** One line of the data files: `path\ttypes and flags\tdefault\tsample\tsince`. */
export interface KeyRow {
  readonly path: readonly string[];
  readonly types: readonly ValueType[];
  readonly enterprise: boolean;
  readonly default: string | undefined;
  readonly sample: string | undefined;
  readonly since: string | undefined;
}

const TYPES: Readonly<Record<string, ValueType>> = {
  s: 'string',
  i: 'integer',
  f: 'float',
  b: 'boolean',
  a: 'array',
  h: 'hash',
  y: 'symbol',
};

/** The path a line is about. An empty one is the root itself. */
export function pathOfRow(line: string): string[] {
  const end = line.indexOf('\t');
  const path = end < 0 ? line : line.slice(0, end);
  return path === '' ? [] : path.split('/');
}

/** Reads one line. */
export function keyRow(line: string): KeyRow {
  const [, flags = '', held = '', sample = '', since = ''] = line.split('\t');
  const types: ValueType[] = [];
  for (const letter of flags) {
    const type = TYPES[letter];
    if (type !== undefined) types.push(type);
  }
  return {
    path: pathOfRow(line),
    types,
    enterprise: flags.includes('E'),
    default: held === '' ? undefined : held,
    sample: sample === '' ? undefined : sample,
    since: since === '' ? undefined : since,
  };
}
