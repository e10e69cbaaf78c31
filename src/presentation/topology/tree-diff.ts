import type { TreeNode } from './tree-node';

/** The rows of a tree by id, parents included, for lookup by the adapter. */
export interface TreeIndex {
  readonly roots: readonly TreeNode[];
  readonly byId: ReadonlyMap<string, TreeNode>;
  readonly parentOf: ReadonlyMap<string, string>;
}

/** Indexes a forest. */
export function indexTree(roots: readonly TreeNode[]): TreeIndex {
  const byId = new Map<string, TreeNode>();
  const parentOf = new Map<string, string>();
  const visit = (node: TreeNode): void => {
    byId.set(node.id, node);
    for (const child of node.children) {
      parentOf.set(child.id, node.id);
      visit(child);
    }
  };
  roots.forEach(visit);
  return { roots, byId, parentOf };
}

/** Ids to refresh; `everything` when the roots themselves changed. */
export type TreeChange =
  { readonly everything: true } | { readonly everything: false; readonly ids: readonly string[] };

/**
 * What differs between two trees as a view shows it.
 * @param alsoChanged tells for an unchanged row whether something not shown in it (its tooltip) changed.
 */
export function diffTrees(
  before: TreeIndex,
  after: TreeIndex,
  alsoChanged: (id: string) => boolean = () => false,
): TreeChange {
  if (!sameIds(before.roots, after.roots)) return { everything: true };
  const ids: string[] = [];
  const visit = (node: TreeNode): void => {
    const old = before.byId.get(node.id);
    if (!old || !sameRow(old, node) || !sameIds(old.children, node.children) || alsoChanged(node.id)) {
      ids.push(node.id);
    }
    // A view asks again for the children of a refreshed row only when it shows them, so each changed row is named.
    node.children.forEach(visit);
  };
  after.roots.forEach(visit);
  return { everything: false, ids: ids.filter((id) => before.byId.has(id)) };
}

function sameIds(a: readonly TreeNode[], b: readonly TreeNode[]): boolean {
  return a.length === b.length && a.every((node, index) => node.id === b[index]?.id);
}

function sameRow(a: TreeNode, b: TreeNode): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.icon === b.icon &&
    a.tone === b.tone &&
    a.contextValue === b.contextValue &&
    a.accessibleLabel === b.accessibleLabel
  );
}
