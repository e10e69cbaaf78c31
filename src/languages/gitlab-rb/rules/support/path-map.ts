interface Branch<T> {
  held: T | undefined;
  below: Map<string, Branch<T>> | undefined;
}

/** What is kept for keys of gitlab.rb, found by a key itself or by one below it. */
export class PathMap<T> {
  private readonly roots: Branch<T> = { held: undefined, below: undefined };

  /** Keeps a value for a key; an earlier one is replaced. */
  set(root: string, path: readonly string[], value: T): void {
    let branch = grown(this.roots, root);
    for (const key of path) branch = grown(branch, key);
    branch.held = value;
  }

  /** What is kept for the key, or else for the nearest hash around it. */
  nearest(root: string, path: readonly string[]): T | undefined {
    let branch = this.roots.below?.get(root);
    let found = branch?.held;
    for (const key of path) {
      branch = branch?.below?.get(key);
      if (branch === undefined) break;
      found = branch.held ?? found;
    }
    return found;
  }
}

function grown<T>(branch: Branch<T>, key: string): Branch<T> {
  branch.below ??= new Map();
  const existing = branch.below.get(key);
  if (existing !== undefined) return existing;
  const created: Branch<T> = { held: undefined, below: undefined };
  branch.below.set(key, created);
  return created;
}
