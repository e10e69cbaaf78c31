import type { ConfigValue } from '../config-value';
import type { Conversion, Converted } from '../conversion';

/** Data that a program's own file takes as it is. */
export type PlainValue = string | number | boolean | readonly PlainValue[] | PlainTable;

export interface PlainTable {
  readonly [key: string]: PlainValue;
}

/** Keys of passwords and tokens: a lab makes up its own, so it does not matter what stands there. */
const SECRET = /(?:^|_)(?:password|token|secret)$/;

/** A hash of gitlab.rb that a program gets as it is, without its secrets; what is nil is left out. */
export const plainTable: Conversion<PlainTable> = (value) => {
  if (value.kind === 'unknown') return { unknown: value };
  if (value.kind !== 'hash') {
    return { problem: `must be a hash, not a ${value.kind}`, remedy: 'Write a hash: { key: value }.' };
  }
  if (value.open !== undefined) return { unknown: value.open };
  const table: Record<string, PlainValue> = {};
  for (const [key, { value: item }] of value.entries) {
    if (item.kind === 'nil' || SECRET.test(key)) continue;
    const converted = plainValue(item);
    if (!('value' in converted)) return converted;
    table[key] = converted.value;
  }
  return { value: table };
};

function plainValue(value: ConfigValue): Converted<PlainValue> {
  switch (value.kind) {
    case 'unknown':
      return { unknown: value };
    case 'hash':
      return plainTable(value);
    case 'array':
      return plainList(value.items);
    case 'nil':
      return { value: '' };
    case 'string':
    case 'symbol':
    case 'integer':
    case 'float':
    case 'boolean':
      return { value: value.value };
  }
}

function plainList(items: readonly ConfigValue[]): Converted<readonly PlainValue[]> {
  const list: PlainValue[] = [];
  for (const item of items) {
    const converted = plainValue(item);
    if (!('value' in converted)) return converted;
    list.push(converted.value);
  }
  return { value: list };
}

/** A table with another one laid over it, key by key; lists are replaced as a whole. */
export function laidOver(base: PlainTable, over: PlainTable): PlainTable {
  const merged: Record<string, PlainValue> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isTable(below) && isTable(value) ? laidOver(below, value) : value;
  }
  return merged;
}

/** True for a table, false for a list, a plain value and nothing. */
export function isTable(value: PlainValue | undefined): value is PlainTable {
  return typeof value === 'object' && !Array.isArray(value);
}

/** The tables of a list; empty when it is none. */
export function tablesIn(value: PlainValue | undefined): readonly PlainTable[] {
  return Array.isArray(value) ? value.filter((item: PlainValue): item is PlainTable => isTable(item)) : [];
}

/** Where a service listens on a node: on all addresses it would take the virtual one's port from HAProxy there. */
export function onNode(address: string, written = ''): string {
  return written.replace(/^(?:0\.0\.0\.0|\[::\]|localhost|127\.0\.0\.1)?:/, `${address}:`);
}

/** A text below some keys; undefined when there is none. */
export function textAt(table: PlainTable, ...path: readonly string[]): string | undefined {
  let value: PlainValue | undefined = table;
  for (const key of path) value = isTable(value) ? value[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The port of an address `host:port`, or the one given when there is none. */
export function portIn(address: string | undefined, usual: number): number {
  const digits = /:(\d{1,5})$/.exec(address ?? '')?.[1];
  const port = Number(digits);
  return digits !== undefined && port >= 1 && port <= 65_535 ? port : usual;
}
