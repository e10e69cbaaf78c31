import { isOpenPath } from './closed';
import { docsOf } from './descriptions';
import { rowFacts } from './rows';
import type { KeyInfo } from './schema';

const NOTHING: ReadonlyMap<string, KeyInfo> = new Map();

/**
 * One key and what may stand below it. What is known of it is read when somebody asks, and not before the whole tree is there:
 * of thousands of keys a file uses few.
 */
export class KeyNode {
  /** Keys with a name of their own. */
  children: Map<string, KeyNode> | undefined;
  /** Any other name, chosen by the user. */
  any: KeyNode | undefined;
  /** Any item of an array. */
  item: KeyNode | undefined;
  /** Lines of the data files about it; later ones count more. */
  rows: string[] | undefined;
  values: readonly string[] | undefined;
  suggestions: readonly string[] | undefined;
  description: string | undefined;
  private known: KeyInfo | undefined;
  private knownBelow: ReadonlyMap<string, KeyInfo> | undefined;

  /**
   * @param root the first word
   * @param name what stands below the node above; undefined for the root's own
   */
  constructor(
    private readonly root: string,
    private readonly name?: string,
    private readonly above?: KeyNode,
  ) {}

  /** What is known of the key. */
  get info(): KeyInfo {
    return (this.known ??= this.read());
  }

  /** What is known of the keys below that have a name of their own, by name. */
  get childInfos(): ReadonlyMap<string, KeyInfo> {
    if (this.children === undefined) return NOTHING;
    return (this.knownBelow ??= new Map(Array.from(this.children, ([name, { info }]) => [name, info])));
  }

  /** The node at a path below, made when it is missing; `[]` is any item, `*` any name. */
  grow(path: readonly string[], from = 0): KeyNode {
    const name = path[from];
    return name === undefined ? this : (this.step(name) ?? this.add(name)).grow(path, from + 1);
  }

  /** The node of a key as a file writes it, one level below. */
  below(name: string): KeyNode | undefined {
    return name === '[]' ? this.item : (this.children?.get(name) ?? this.any);
  }

  private step(name: string): KeyNode | undefined {
    if (name === '[]') return this.item;
    return name === '*' ? this.any : this.children?.get(name);
  }

  private add(name: string): KeyNode {
    const created = new KeyNode(this.root, name, this);
    if (name === '[]') this.item = created;
    else if (name === '*') this.any = created;
    else (this.children ??= new Map()).set(name, created);
    return created;
  }

  private path(): string[] {
    const path = this.above?.path() ?? [];
    if (this.name !== undefined) path.push(this.name);
    return path;
  }

  private read(): KeyInfo {
    const info: { -readonly [Name in keyof KeyInfo]: KeyInfo[Name] } = {
      root: this.root,
      path: this.path(),
      types: [],
    };
    for (const line of this.rows ?? []) {
      const row = rowFacts(line);
      if (row.types.length > 0) info.types = row.types;
      if (row.default !== undefined) info.default = row.default;
      if (row.sample !== undefined) info.sample = row.sample;
      if (row.since !== undefined) info.since = row.since;
      if (row.enterprise) info.enterprise = true;
    }
    if (this.values !== undefined) info.values = this.values;
    if (this.suggestions !== undefined) info.suggestions = this.suggestions;
    if (this.description !== undefined) info.description = this.description;
    // A key with keys below is a hash, one with items an array.
    if (info.types.length === 0) {
      if (this.children !== undefined || this.any !== undefined) info.types = ['hash'];
      else if (this.item !== undefined) info.types = ['array'];
    }
    if (isOpenPath(info)) info.open = true;
    const docs = docsOf(info.root, info.path);
    if (docs !== undefined) info.docs = docs;
    return info;
  }
}
