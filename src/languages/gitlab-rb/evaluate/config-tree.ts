import type { Range } from '../../../finding/finding';
import { unknown, type HashEntry, type RubyValue, type UnknownValue } from './value';

/** A hash while it is being built. */
export interface GrowingHash {
  readonly kind: 'hash';
  readonly entries: Map<string, HashEntry>;
  readonly range: Range;
  open?: UnknownValue;
  fromReading?: boolean;
}

/** One key of a path: its text, or undefined when it is not known, and where it is written. */
export interface PathKey {
  readonly text: string | undefined;
  readonly range: Range;
}

/** What is copied into the tree at once, at most: shared parts would multiply. */
const LARGEST_COPY = 20_000;

/** The settings as they grow statement by statement, with the semantics of Omnibus' self-creating hashes. */
export class ConfigTree {
  private readonly roots = new Map<string, RubyValue>();

  get content(): ReadonlyMap<string, RubyValue> {
    return this.roots;
  }

  /** Replaces a root: `gitlab_rails({ … })`, `roles […]`. */
  replace(root: string, value: RubyValue): void {
    this.roots.set(root, ownCopy(value));
  }

  /** The root's value; a hash root that was never touched is an empty hash. */
  root(root: string, range: Range): RubyValue {
    const existing = this.roots.get(root);
    if (existing !== undefined) return existing;
    const created: GrowingHash = { kind: 'hash', entries: new Map(), range, fromReading: true };
    this.roots.set(root, created);
    return created;
  }

  peek(root: string): RubyValue | undefined {
    return this.roots.get(root);
  }
}

/** A new, empty hash that can grow. */
export function emptyHash(range: Range): GrowingHash {
  return { kind: 'hash', entries: new Map(), range };
}

/** True for hashes the evaluator may change: all it makes are such. */
export function isGrowing(value: RubyValue | undefined): value is GrowingHash {
  return value?.kind === 'hash';
}

/** Reads a key; reading a missing one creates an empty hash, as Omnibus does while gitlab.rb is loaded. */
export function readKey(base: RubyValue, key: PathKey): RubyValue {
  if (base.kind === 'unknown') return base;
  if (!isGrowing(base)) return unknown(`a ${base.kind} has no keys`, key.range);
  if (key.text === undefined) return unknown('its key is not known', key.range);
  const entry = base.entries.get(key.text);
  if (entry !== undefined) return entry.value;
  if (base.open !== undefined) return base.open;
  const created: GrowingHash = { kind: 'hash', entries: new Map(), range: key.range, fromReading: true };
  base.entries.set(key.text, { key: key.text, keyRange: key.range, value: created });
  return created;
}

/**
 * Sets a key of a hash that lies at the end of `path`, creating hashes on the way. Where the way leads through
 * something unknown, what is set there stands beside the unknown rest.
 * @param value becomes a part of the hash: a value of which nobody else changes a part
 */
export function writePath(base: GrowingHash, path: readonly PathKey[], value: RubyValue): void {
  let current = base;
  delete current.fromReading;
  const last = path.at(-1);
  for (const key of path) {
    if (key.text === undefined) {
      markOpen(current, unknown('a key that is not known here may set it as well', key.range));
      return;
    }
    if (key === last) {
      current.entries.set(key.text, { key: key.text, keyRange: key.range, value });
      return;
    }
    current = descend(current, key.text, key.range);
    delete current.fromReading;
  }
}

/** Everything in the hash may have been replaced or added to: nothing of it is known any more. */
export function markOpen(hash: GrowingHash, why: UnknownValue): void {
  for (const [key, entry] of hash.entries) hash.entries.set(key, { ...entry, value: why });
  hash.open = why;
}

/** A copy of which nobody else changes a part; nil entries stay, they mean "keep the default". */
export function ownCopy(value: RubyValue): RubyValue {
  if (value.kind !== 'hash' && value.kind !== 'array') return value;
  const budget = { left: LARGEST_COPY };
  return copy(value, budget);
}

function copy(value: RubyValue, budget: { left: number }): RubyValue {
  budget.left -= 1;
  if (budget.left < 0) return unknown('it is too large', value.range);
  if (value.kind === 'array') return { ...value, items: value.items.map((item) => copy(item, budget)) };
  if (value.kind !== 'hash') return value;
  const entries = new Map<string, HashEntry>();
  for (const [key, entry] of value.entries) {
    entries.set(key, { ...entry, value: copy(entry.value, budget) });
  }
  return { ...value, entries };
}

function descend(hash: GrowingHash, key: string, keyRange: Range): GrowingHash {
  const existing = hash.entries.get(key);
  if (isGrowing(existing?.value)) return existing.value;
  const created = emptyHash(keyRange);
  const below = existing?.value ?? hash.open;
  if (below?.kind === 'unknown') created.open = below;
  hash.entries.set(key, { key, keyRange: existing?.keyRange ?? keyRange, value: created });
  return created;
}
