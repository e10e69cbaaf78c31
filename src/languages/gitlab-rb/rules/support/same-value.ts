import type { RubyValue } from '../../evaluate/value';

/** True when both values are certainly equal; symbols and texts are two things, as in Ruby. */
export function sameValue(one: RubyValue, other: RubyValue): boolean {
  if (one.kind === 'array' && other.kind === 'array') {
    return (
      one.items.length === other.items.length && one.items.every((item, at) => isSame(item, other.items[at]))
    );
  }
  if (one.kind === 'hash' && other.kind === 'hash') {
    if (one.open !== undefined || other.open !== undefined || one.entries.size !== other.entries.size)
      return false;
    return [...one.entries].every(([key, { value }]) => isSame(value, other.entries.get(key)?.value));
  }
  if (one.kind === 'nil' && other.kind === 'nil') return true;
  return one.kind === other.kind && 'value' in one && 'value' in other && one.value === other.value;
}

function isSame(one: RubyValue, other: RubyValue | undefined): boolean {
  return other !== undefined && sameValue(one, other);
}

/** Keys, as paths, that the first value has and the second lacks; undefined when that cannot be known. */
export function missingKeys(one: RubyValue, other: RubyValue): string[] | undefined {
  if (one.kind !== 'hash') return [];
  if (other.kind === 'unknown' || one.open !== undefined) return undefined;
  if (other.kind !== 'hash') return [...one.entries.keys()];
  if (other.open !== undefined) return undefined;
  const missing: string[] = [];
  for (const [key, { value }] of one.entries) {
    const there = other.entries.get(key)?.value;
    const below = there === undefined ? [''] : missingKeys(value, there);
    if (below === undefined) return undefined;
    missing.push(...below.map((inner) => (inner === '' ? key : `${key}/${inner}`)));
  }
  return missing;
}
