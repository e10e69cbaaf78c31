import { isOpenNode } from './closed';
import extra from './data/extra.json';
import keys from './data/keys.json';
import since from './data/since.json';
import values from './data/values.json';
import { docsOf, ROOT_TEXTS } from './descriptions';
import { KeyTree, type KeyNode } from './key-tree';
import { findRemoved, removedKeys } from './removed-keys';
import { keyRow } from './rows';
import type { GitlabSchema, KeyInfo } from './schema';

const NOTHING: ReadonlyMap<string, KeyInfo> = new Map();

/** Builds the tree of all keys from the data files. */
function buildTree(): KeyTree {
  const tree = new KeyTree();
  for (const [root, rows] of Object.entries(keys.roots)) for (const row of rows) addRow(tree, root, row);
  for (const { below, keys: rows } of extra.keys) {
    for (const place of below) {
      const [root = '', ...path] = place.split('/');
      for (const row of rows) addRow(tree, root, [...path, row].join('/'));
    }
  }
  for (const [version, ids] of Object.entries(since))
    for (const id of ids) nodeOf(tree, id).info.since = version;
  for (const [id, list] of Object.entries(values.values)) nodeOf(tree, id).info.values = list;
  for (const [id, list] of Object.entries(values.suggestions)) nodeOf(tree, id).info.suggestions = list;
  for (const [root, { keys: texts }] of ROOT_TEXTS) {
    for (const [path, text] of Object.entries(texts)) nodeOf(tree, `${root}/${path}`).info.description = text;
  }
  for (const node of tree.all()) complete(node);
  return tree;
}

function addRow(tree: KeyTree, root: string, line: string): void {
  const row = keyRow(line);
  const { info } = tree.grow(root, row.path);
  if (row.types.length > 0) info.types = row.types;
  if (row.default !== undefined) info.default = row.default;
  if (row.sample !== undefined) info.sample = row.sample;
  if (row.enterprise) info.enterprise = true;
}

function nodeOf(tree: KeyTree, id: string): KeyNode {
  const [root = '', ...path] = id.split('/');
  return tree.grow(
    root,
    path.filter((name) => name !== ''),
  );
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

const TREE = buildTree();
const REMOVED = removedKeys((root, path) => TREE.find(root, path) !== undefined);
const CHILDREN = new WeakMap<KeyNode, ReadonlyMap<string, KeyInfo>>();

/** Everything known about the keys of gitlab.rb, GitLab 19.3. Look-ups cost one step for each key of the path. */
export const GITLAB_SCHEMA: GitlabSchema = {
  rootDocs: (root) => docsOf(root, []),
  rootDescription: (root) => ROOT_TEXTS.get(root)?.about,
  key: (root, path) => TREE.find(root, path)?.info,
  children: (root, path) => {
    const node = TREE.find(root, path);
    return node === undefined ? NOTHING : childrenOf(node);
  },
  isOpen: (root, path) => {
    const nearest = TREE.nearest(root, path);
    return nearest?.node.info.open === true;
  },
  removed: (root, path) => findRemoved(REMOVED, root, path),
};

function childrenOf(node: KeyNode): ReadonlyMap<string, KeyInfo> {
  const known = CHILDREN.get(node);
  if (known !== undefined) return known;
  const map = new Map([...node.children].map(([name, { info }]) => [name, info]));
  CHILDREN.set(node, map);
  return map;
}
