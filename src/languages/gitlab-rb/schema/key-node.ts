import type { KeyInfo } from './schema';

/** What is known of one key while the tree is built. */
export type GrowingKey = { -readonly [Name in keyof KeyInfo]: KeyInfo[Name] };

/** One key and what may stand below it. */
export interface KeyNode {
  readonly info: GrowingKey;
  /** Keys with a name of their own. */
  readonly children: Map<string, KeyNode>;
  /** What is known of them, by name. */
  readonly childInfos: Map<string, KeyInfo>;
  /** Any other name, chosen by the user. */
  any?: KeyNode;
  /** Any item of an array. */
  item?: KeyNode;
}

/** A key of which nothing is known yet. */
export function emptyNode(root: string, path: readonly string[]): KeyNode {
  return { info: { root, path, types: [] }, children: new Map(), childInfos: new Map() };
}

/** The node at a path below another one, made when it is missing; `[]` is any item, `*` any name. */
export function grow(top: KeyNode, path: readonly string[]): KeyNode {
  let node = top;
  for (const [index, name] of path.entries()) {
    const next = name === '[]' ? node.item : name === '*' ? node.any : node.children.get(name);
    node = next ?? add(node, name, path.slice(0, index + 1));
  }
  return node;
}

function add(node: KeyNode, name: string, path: readonly string[]): KeyNode {
  const created = emptyNode(node.info.root, path);
  if (name === '[]') node.item = created;
  else if (name === '*') node.any = created;
  else {
    node.children.set(name, created);
    node.childInfos.set(name, created.info);
  }
  return created;
}

/** The node of a key as a file writes it, one level below another one. */
export function below(node: KeyNode, name: string): KeyNode | undefined {
  if (name === '[]') return node.item;
  return node.children.get(name) ?? node.any;
}

/** The node and all below it, each before what stands below it. */
export function* allNodes(top: KeyNode): Generator<KeyNode> {
  const waiting = [top];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if (node.item !== undefined) waiting.push(node.item);
    if (node.any !== undefined) waiting.push(node.any);
    waiting.push(...node.children.values());
  }
}
