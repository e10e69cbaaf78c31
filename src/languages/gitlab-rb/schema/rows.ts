import type { ValueType } from './schema';

/** What a line of the data files says of its key. */
export interface RowFacts {
  readonly types: readonly ValueType[];
  readonly enterprise: boolean;
  readonly default: string | undefined;
  readonly sample: string | undefined;
  readonly since: string | undefined;
}

/** One line of the data files: `path\ttypes and flags\tdefault\tsample\tsince`. */
export interface KeyRow extends RowFacts {
  readonly path: readonly string[];
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
  return { path: pathOfRow(line), ...rowFacts(line) };
}

/** What a line says of its key. */
export function rowFacts(line: string): RowFacts {
  const [, flags = '', held = '', sample = '', since = ''] = line.split('\t');
  const types: ValueType[] = [];
  for (let at = 0; at < flags.length; at += 1) {
    const type = TYPES[flags[at] ?? ''];
    if (type !== undefined) types.push(type);
  }
  return {
    types,
    enterprise: flags.includes('E'),
    default: held === '' ? undefined : held,
    sample: sample === '' ? undefined : sample,
    since: since === '' ? undefined : since,
  };
}
