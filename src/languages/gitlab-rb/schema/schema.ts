/** Types a value of gitlab.rb may have. */
export type ValueType = 'string' | 'integer' | 'float' | 'boolean' | 'array' | 'hash' | 'symbol' | 'nil';

/** One key that GitLab's package knows. */
export interface KeyInfo {
  /** First word, e.g. `gitlab_rails`. */
  readonly root: string;
  /** Keys after the root; `[]` stands for any item of an array, `*` for any name the user chooses. */
  readonly path: readonly string[];
  /**
   * Types the package takes without harm; empty when any will do or nobody knows. `nil` is not listed: it is harmless
   * everywhere, because it brings the default back.
   */
  readonly types: readonly ValueType[];
  /** What holds when the key is not written, as Ruby source; undefined when there is none or it is computed. */
  readonly default?: string;
  /** What the package's own sample file shows, when that is not the default. */
  readonly sample?: string;
  /** The only values that make sense, as Ruby source. */
  readonly values?: readonly string[];
  /** Values worth offering, as Ruby source; others are right as well. */
  readonly suggestions?: readonly string[];
  /** First version of GitLab that knows the key, when known. */
  readonly since?: string;
  /** What the key does, in our words (Markdown). */
  readonly description?: string;
  /** Page of GitLab's documentation about the key or its root. */
  readonly docs?: string;
  /** True for keys only the Enterprise package knows. */
  readonly enterprise?: boolean;
  /** True when any key may stand below, e.g. an environment or a PostgreSQL parameter. */
  readonly open?: boolean;
}

/** A key that was taken away, renamed, or is about to be. */
export interface RemovedKey {
  readonly root: string;
  readonly path: readonly string[];
  readonly deprecatedIn?: string;
  readonly removedIn?: string;
  /** What GitLab 19.3 does with it. */
  readonly behaviour:
    'aborts' | 'unknown-root' | 'ignored' | 'warns' | 'copied' | 'moved' | 'still-read' | 'invalid-role';
  /** The key to write instead, as Ruby source, e.g. `gitaly['configuration'][:storage]`. */
  readonly replacement?: string;
  /** What to do, in our words. */
  readonly note?: string;
}

/** Everything known about the keys of gitlab.rb. */
export interface GitlabSchema {
  /** Documentation page of a root. */
  rootDocs(root: string): string | undefined;
  rootDescription(root: string): string | undefined;
  /** The key at a path; names the user chooses and items of arrays match `*` and `[]`. */
  key(root: string, path: readonly string[]): KeyInfo | undefined;
  /** Keys one level below a path that have a name of their own, by name. */
  children(root: string, path: readonly string[]): ReadonlyMap<string, KeyInfo>;
  /** True when any key may stand below the path: what is not known there is no mistake. */
  isOpen(root: string, path: readonly string[]): boolean;
  removed(root: string, path: readonly string[]): RemovedKey | undefined;
}
