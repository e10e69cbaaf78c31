import type { PlainTable, PlainValue } from './plain-table';

/** A TOML document: values before tables, as the format wants it. Pure. */
export function toToml(table: PlainTable): string {
  return `${tableLines(table, []).join('\n').trim()}\n`;
}

function tableLines(table: PlainTable, path: readonly string[]): readonly string[] {
  const entries = Object.entries(table);
  const values = entries.filter(([, value]) => !isTable(value) && !isTables(value));
  return [
    ...values.map(([key, value]) => `${keyOf(key)} = ${valueOf(value)}`),
    ...entries.flatMap(([key, value]) => {
      const below = [...path, keyOf(key)];
      const name = below.join('.');
      if (isTable(value)) return ['', `[${name}]`, ...tableLines(value, below)];
      if (!isTables(value)) return [];
      return value.flatMap((item) => ['', `[[${name}]]`, ...tableLines(item, below)]);
    }),
  ];
}

function isTable(value: PlainValue): value is PlainTable {
  return typeof value === 'object' && !Array.isArray(value);
}

function isTables(value: PlainValue): value is readonly PlainTable[] {
  return Array.isArray(value) && value.length > 0 && value.every((item: PlainValue) => isTable(item));
}

function keyOf(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

function valueOf(value: PlainValue): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // JSON's escapes are TOML's, but for DEL, which JSON does not escape.
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('\x7f', '\\u007f');
  if (Array.isArray(value)) return `[${value.map((item: PlainValue) => valueOf(item)).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, item]) => `${keyOf(key)} = ${valueOf(item)}`);
  return `{ ${pairs.join(', ')} }`;
}
