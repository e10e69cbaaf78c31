import type { KeyInfo } from './schema';

/** What is known of one key while the tree is built. */
export type GrowingKey = { -readonly [Name in keyof KeyInfo]: KeyInfo[Name] };

/** One key and what may stand below it. */
export interface KeyNode {
  readonly info: GrowingKey;
  /** Keys with a name of their own. */
  readonly children: Map<string, KeyNode>;
  /** Any other name, chosen by the user. */
  any?: KeyNode;
  /** Any item of an array. */
  item?: KeyNode;
}

/** A key that only stands between others, until more is said of it. */
function emptyNode(root: string, path: readonly string[]): KeyNode {
  return { info: { root, path, types: [] }, children: new Map() };
}

/** All keys of gitlab.rb as a tree: a look-up walks the path, one step for each key. */
export class KeyTree {
  private readonly roots = new Map<string, KeyNode>();

  /** The node at a path, made when it is missing; `[]` is any item, `*` any name. */
  grow(root: string, path: readonly string[]): KeyNode {
    let node = this.roots.get(root);
    if (node === undefined) {
      node = emptyNode(root, []);
      this.roots.set(root, node);
    }
    for (const [index, name] of path.entries()) node = step(node, name, () => path.slice(0, index + 1));
    return node;
  }

  /** The node at a path as a file writes it; undefined when no key is known there. */
  find(root: string, path: readonly string[]): KeyNode | undefined {
    let node = this.roots.get(root);
    for (const name of path) {
      if (node === undefined) return undefined;
      node = below(node, name);
    }
    return node;
  }

  /** The deepest known node on the way, and whether the whole path is known. */
  nearest(
    root: string,
    path: readonly string[],
  ): { readonly node: KeyNode; readonly whole: boolean } | undefined {
    let node = this.roots.get(root);
    if (node === undefined) return undefined;
    for (const name of path) {
      const next = below(node, name);
      if (next === undefined) return { node, whole: false };
      node = next;
    }
    return { node, whole: true };
  }

  /** Every node, each before what stands below it. */
  *all(): Generator<KeyNode> {
    const waiting = [...this.roots.values()].reverse();
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      yield node;
      if (node.item !== undefined) waiting.push(node.item);
      if (node.any !== undefined) waiting.push(node.any);
      waiting.push(...node.children.values());
    }
  }
}

function below(node: KeyNode, name: string): KeyNode | undefined {
  if (name === '[]') return node.item;
  return node.children.get(name) ?? node.any;
}

function step(node: KeyNode, name: string, path: () => readonly string[]): KeyNode {
  const { root } = node.info;
  if (name === '[]') return (node.item ??= emptyNode(root, path()));
  if (name === '*') return (node.any ??= emptyNode(root, path()));
  const existing = node.children.get(name);
  if (existing !== undefined) return existing;
  const created = emptyNode(root, path());
  node.children.set(name, created);
  return created;
}
