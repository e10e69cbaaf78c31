import type { Range } from '../../../finding/finding';

/** What an expression of gitlab.rb yields, as far as that can be known without running it. */
export type RubyValue = KnownValue | UnknownValue;

export type KnownValue =
  | { readonly kind: 'string'; readonly value: string; readonly range: Range }
  | { readonly kind: 'symbol'; readonly value: string; readonly range: Range }
  | { readonly kind: 'integer'; readonly value: number; readonly range: Range }
  | { readonly kind: 'float'; readonly value: number; readonly range: Range }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly range: Range }
  | { readonly kind: 'nil'; readonly range: Range }
  | ArrayValue
  | HashValue;

export interface ArrayValue {
  readonly kind: 'array';
  readonly items: readonly RubyValue[];
  readonly range: Range;
}

/** Omnibus hashes treat `:key` and `'key'` as the same key, so keys are plain texts here. */
export interface HashValue {
  readonly kind: 'hash';
  /** In the order in which the keys first appeared. */
  readonly entries: ReadonlyMap<string, HashEntry>;
  readonly range: Range;
  /** Set when further keys may exist, or replace those listed: why, and where that happens. */
  readonly open?: UnknownValue;
  /** True when the hash exists only because a missing key was read (Omnibus creates one then). */
  readonly fromReading?: boolean;
}

export interface HashEntry {
  readonly key: string;
  /** Where the key is written. */
  readonly keyRange: Range;
  readonly value: RubyValue;
}

/** A value that only the real machine knows. */
export interface UnknownValue {
  readonly kind: 'unknown';
  /** A clause that completes "…, because": e.g. "it reads the environment". */
  readonly reason: string;
  readonly range: Range;
}

/** An unknown value. */
export function unknown(reason: string, range: Range): UnknownValue {
  return { kind: 'unknown', reason, range };
}

/** Follows a path of keys; undefined when a key on the way is missing or the way does not lead through hashes. */
export function valueAt(value: RubyValue | undefined, path: readonly string[]): RubyValue | undefined {
  let current = value;
  for (const key of path) {
    if (current?.kind === 'unknown') return current;
    if (current?.kind !== 'hash') return undefined;
    current = current.entries.get(key)?.value ?? current.open;
  }
  return current;
}

/** True when the value, or anything inside it, is unknown. */
export function hasUnknown(value: RubyValue): boolean {
  switch (value.kind) {
    case 'unknown':
      return true;
    case 'array':
      return value.items.some(hasUnknown);
    case 'hash':
      return value.open !== undefined || [...value.entries.values()].some((entry) => hasUnknown(entry.value));
    case 'string':
    case 'symbol':
    case 'integer':
    case 'float':
    case 'boolean':
    case 'nil':
      return false;
  }
}

/** Ruby's truth: all but nil and false. */
export function truthy(value: RubyValue): boolean {
  return value.kind !== 'nil' && !(value.kind === 'boolean' && !value.value);
}
