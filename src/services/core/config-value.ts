import type { Range } from '../../finding/finding';

/**
 * A value of gitlab.rb as a service reads it. The evaluated values of the language have this shape; services do not
 * import languages, so it is said here once more.
 */
export type ConfigValue =
  | { readonly kind: 'string' | 'symbol'; readonly value: string; readonly range: Range }
  | { readonly kind: 'integer' | 'float'; readonly value: number; readonly range: Range }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly range: Range }
  | { readonly kind: 'nil'; readonly range: Range }
  | { readonly kind: 'array'; readonly items: readonly ConfigValue[]; readonly range: Range }
  | ConfigHash
  | UnknownConfigValue;

export interface ConfigHash {
  readonly kind: 'hash';
  readonly entries: ReadonlyMap<string, { readonly value: ConfigValue }>;
  readonly range: Range;
  /** Set when further keys may exist. */
  readonly open?: UnknownConfigValue;
  /** True when the hash exists only because a missing key was read. */
  readonly fromReading?: boolean;
}

/** A value that only the real machine knows. */
export interface UnknownConfigValue {
  readonly kind: 'unknown';
  /** A clause that completes "…, because". */
  readonly reason: string;
  readonly range: Range;
}
