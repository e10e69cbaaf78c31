import { append } from '../../core/data/append';
import extra from './data/extra.json';
import keys from './data/keys.json';
import values from './data/values.json';
import { ROOT_TEXTS } from './descriptions';
import { KeyNode } from './key-node';
import { pathOfRow, rowFacts } from './rows';

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
    // Asked several times of every setting, by programs that run once: there, `for … of` makes an object each step.
    for (let at = 0; at < path.length && node !== undefined; at += 1) node = node.below(path[at] ?? '');
    return node;
  }

  /** The deepest known node on the way. */
  nearest(root: string, path: readonly string[]): KeyNode | undefined {
    let node = this.root(root);
    for (const name of path) {
      const next = node?.below(name);
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
  const top = new KeyNode(root);
  for (const row of Object.hasOwn(ROWS, root) ? (ROWS[root] ?? []) : []) addRow(top, row);
  for (const [place, rows] of EXTRA.get(root) ?? []) {
    const node = top.grow(pathOf(place));
    for (const row of rows) addRow(node, row);
  }
  const text = ROOT_TEXTS.get(root);
  if (text === undefined && top.children === undefined && !isTyped(top)) return undefined;
  for (const [id, list] of VALUES.get(root) ?? []) top.grow(pathOf(id)).values = list;
  for (const [id, list] of SUGGESTIONS.get(root) ?? []) top.grow(pathOf(id)).suggestions = list;
  for (const [path, words] of Object.entries(text?.keys ?? {}))
    top.grow(pathOf(`${root}/${path}`)).description = words;
  return top;
}

/** True when a line says what it is: what is known of it cannot be asked before all is there. */
function isTyped({ rows = [] }: KeyNode): boolean {
  return rows.some((row) => rowFacts(row).types.length > 0);
}

/** `root/a/b` without the root. */
function pathOf(id: string): string[] {
  return id
    .split('/')
    .slice(1)
    .filter((name) => name !== '');
}

function addRow(above: KeyNode, line: string): void {
  const node = above.grow(pathOfRow(line));
  if (node.rows === undefined) node.rows = [line];
  else node.rows.push(line);
}
