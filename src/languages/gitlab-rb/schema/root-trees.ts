import { append } from '../../core/data/append';
import { isOpenNode } from './closed';
import extra from './data/extra.json';
import keys from './data/keys.json';
import values from './data/values.json';
import { docsOf, ROOT_TEXTS } from './descriptions';
import { allNodes, below, emptyNode, grow, type KeyNode } from './key-node';
import { keyRow } from './rows';

const ROWS: Readonly<Record<string, readonly string[] | undefined>> = keys.roots;

type ById<T> = ReadonlyMap<string, readonly (readonly [id: string, of: T])[]>;

/** Entries by the root that their ids, `root/a/b`, begin with. */
function byRoot<T>(entries: Iterable<readonly [id: string, of: T]>): ById<T> {
  const found = new Map<string, (readonly [string, T])[]>();
  for (const entry of entries) append(found, entry[0].split('/', 1)[0] ?? '', entry);
  return found;
}

const EXTRA = byRoot(
  extra.keys.flatMap(({ below: places, keys: rows }) => places.map((place) => [place, rows] as const)),
);
const VALUES = byRoot(Object.entries<readonly string[]>(values.values));
const SUGGESTIONS = byRoot(Object.entries<readonly string[]>(values.suggestions));

/** The keys of each root as a tree. A root's tree is made when it is first asked for: few files use them all. */
export class RootTrees {
  private readonly made = new Map<string, KeyNode | undefined>();

  /** The node at a path as a file writes it; undefined when no key is known there. */
  find(root: string, path: readonly string[]): KeyNode | undefined {
    let node = this.root(root);
    for (const name of path) {
      if (node === undefined) return undefined;
      node = below(node, name);
    }
    return node;
  }

  /** The deepest known node on the way. */
  nearest(root: string, path: readonly string[]): KeyNode | undefined {
    let node = this.root(root);
    for (const name of path) {
      const next = node === undefined ? undefined : below(node, name);
      if (next === undefined) break;
      node = next;
    }
    return node;
  }

  private root(root: string): KeyNode | undefined {
    if (!this.made.has(root)) this.made.set(root, buildRoot(root));
    return this.made.get(root);
  }
}

function buildRoot(root: string): KeyNode | undefined {
  const top = emptyNode(root, []);
  for (const row of Object.hasOwn(ROWS, root) ? (ROWS[root] ?? []) : []) addRow(top, [], row);
  for (const [place, rows] of EXTRA.get(root) ?? []) for (const row of rows) addRow(top, pathOf(place), row);
  const text = ROOT_TEXTS.get(root);
  const known = text !== undefined || top.children.size > 0 || top.info.types.length > 0;
  if (!known) return undefined;
  for (const [id, list] of VALUES.get(root) ?? []) grow(top, pathOf(id)).info.values = list;
  for (const [id, list] of SUGGESTIONS.get(root) ?? []) grow(top, pathOf(id)).info.suggestions = list;
  for (const [path, words] of Object.entries(text?.keys ?? {})) {
    grow(top, pathOf(`${root}/${path}`)).info.description = words;
  }
  for (const node of allNodes(top)) complete(node);
  return top;
}

/** `root/a/b` without the root. */
function pathOf(id: string): string[] {
  return id
    .split('/')
    .slice(1)
    .filter((name) => name !== '');
}

function addRow(top: KeyNode, above: readonly string[], line: string): void {
  const row = keyRow(line);
  const { info } = grow(top, [...above, ...row.path]);
  if (row.types.length > 0) info.types = row.types;
  if (row.default !== undefined) info.default = row.default;
  if (row.sample !== undefined) info.sample = row.sample;
  if (row.since !== undefined) info.since = row.since;
  if (row.enterprise) info.enterprise = true;
}

/** What follows from the rest: a key with keys below is a hash, one with items an array; where its page is. */
function complete(node: KeyNode): void {
  const { info } = node;
  if (info.types.length === 0) {
    if (node.children.size > 0 || node.any !== undefined) info.types = ['hash'];
    else if (node.item !== undefined) info.types = ['array'];
  }
  if (isOpenNode(node)) info.open = true;
  const docs = docsOf(info.root, info.path);
  if (docs !== undefined) info.docs = docs;
}
