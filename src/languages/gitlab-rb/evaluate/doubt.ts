import { closestWord } from '../../../finding/did-you-mean';
import type { Range } from '../../../finding/finding';
import { certainPath, isCertain, type EvaluatedConfig } from './evaluated-config';
import { meantKey } from './misspelt';
import { HASH_ROOTS } from '../schema/roots';
import { GITLAB_SCHEMA } from '../schema';
import { unknown, type HashEntry, type HashValue, type RubyValue, type UnknownValue } from './value';

/** A hash of which a slip of the fingers may have taken a key. */
interface Doubt {
  readonly root: string;
  readonly path: readonly string[];
  readonly why: UnknownValue;
}

/**
 * The settings with every place open where something was meant that GitLab does not see: a misspelt root or key, a root
 * assigned to a variable, a comparison instead of an assignment. The mistake itself has its finding; nothing that would
 * only follow from it ("no password is set") may be said for sure.
 */
export function withDoubt(config: EvaluatedConfig): EvaluatedConfig {
  const doubts = doubtsOf(config);
  const tree = new Map<string, RubyValue>();
  for (const [root, value] of config.tree) tree.set(root, withoutReadOnly(value));
  for (const { root, path, why } of doubts) tree.set(root, opened(tree.get(root), path, why));
  return { ...config, tree };
}

function doubtsOf({ assignments, shadowed, misread }: EvaluatedConfig): Doubt[] {
  const doubts: Doubt[] = [];
  const roots = [...HASH_ROOTS];
  const known = new Set<string>();
  for (const { name, range } of shadowed) {
    doubts.push({ root: name, path: [], why: unknown('it is a variable of the file', range) });
  }
  for (const { root, path, range } of misread) {
    doubts.push({ root, path: certainPath(path) ?? [], why: mistaken(range) });
  }
  let lookUps = MOST_LOOK_UPS;
  const seen = new Set<string>();
  for (const { root, path, value, targetRange } of assignments) {
    if (lookUps <= 0) break;
    // Nearly every key is a known one.
    if (HASH_ROOTS.has(root) && isKnown(root, path)) {
      if (value.kind === 'hash') lookUps -= doubtsWithin(root, path, value, known, doubts);
      continue;
    }
    // To be compared once is enough, however often it is written.
    const written = [root, ...path].join('\0');
    if (seen.has(written)) continue;
    seen.add(written);
    const meant = HASH_ROOTS.has(root) ? root : closestWord(root, roots);
    if (meant === undefined) continue;
    lookUps -= 1;
    const parent = meant === root ? misspeltBelow(root, path) : certainPath(path.slice(0, -1));
    const id = parent === undefined ? '' : [meant, ...parent].join('\0');
    // One doubt opens the hash; a file full of them must not copy it each time.
    if (parent === undefined || known.has(id)) continue;
    known.add(id);
    doubts.push({ root: meant, path: parent, why: mistaken(targetRange) });
  }
  return doubts;
}

/** Doubts by keys of a hash that is assigned as a whole; gives how many of them had to be compared with others. */
function doubtsWithin(
  root: string,
  above: readonly string[],
  hash: HashValue,
  known: Set<string>,
  doubts: Doubt[],
): number {
  let lookUps = 0;
  for (const { key, keyRange, value } of hash.entries.values()) {
    const path = [...above, key];
    if (GITLAB_SCHEMA.key(root, path) !== undefined) {
      if (value.kind === 'hash') lookUps += doubtsWithin(root, path, value, known, doubts);
      continue;
    }
    const id = [root, ...above].join('\0');
    if (known.has(id) || lookUps >= MOST_LOOK_UPS) continue;
    lookUps += 1;
    if (meantKey(root, above, key) === undefined) continue;
    known.add(id);
    doubts.push({ root, path: above, why: mistaken(keyRange) });
  }
  return lookUps;
}

/** To look for the word that was meant takes time; a file with more strange words is no real one. */
const MOST_LOOK_UPS = 1_000;

function isKnown(root: string, path: readonly (string | undefined)[]): path is readonly string[] {
  return isCertain(path) && GITLAB_SCHEMA.key(root, path) !== undefined;
}

function mistaken(range: Range): UnknownValue {
  return unknown('it may be meant by something misspelt', range);
}

/** The part of a path before the first key that nobody knows, but that is close to a known one. */
function misspeltBelow(root: string, path: readonly (string | undefined)[]): readonly string[] | undefined {
  const above: string[] = [];
  for (const key of path) {
    if (key === undefined) return undefined;
    if (GITLAB_SCHEMA.key(root, [...above, key]) === undefined) {
      return meantKey(root, above, key) === undefined ? undefined : above;
    }
    above.push(key);
  }
  return undefined;
}

/** The value with the hash at the path open; hashes on the way are made when they are missing. */
function opened(value: RubyValue | undefined, path: readonly string[], why: UnknownValue): RubyValue {
  if (value !== undefined && value.kind !== 'hash') return value;
  const hash: HashValue = value ?? { kind: 'hash', entries: new Map(), range: why.range };
  const [first, ...rest] = path;
  if (first === undefined) return { ...hash, open: hash.open ?? why };
  const entry = hash.entries.get(first);
  const entries = new Map(hash.entries);
  entries.set(first, {
    key: first,
    keyRange: entry?.keyRange ?? why.range,
    value: opened(entry?.value, rest, why),
  });
  return { ...hash, entries };
}

/** Keys that are only read count as unknown: whoever compares one may have meant to set it. */
function withoutReadOnly(value: RubyValue): RubyValue {
  if (value.kind !== 'hash') return value;
  let entries: Map<string, HashEntry> | undefined;
  for (const [key, entry] of value.entries) {
    const { value: inner } = entry;
    const onlyRead = inner.kind === 'hash' && inner.fromReading === true && inner.entries.size === 0;
    const sure = onlyRead ? mistaken(inner.range) : withoutReadOnly(inner);
    // Nearly always nothing changes, and nothing is copied.
    if (sure === inner) continue;
    entries ??= new Map(value.entries);
    entries.set(key, { ...entry, value: sure });
  }
  return entries === undefined ? value : { ...value, entries };
}
