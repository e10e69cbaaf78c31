import access from './descriptions/access.json';
import cache from './descriptions/cache.json';
import coordination from './descriptions/coordination.json';
import database from './descriptions/database.json';
import gitStorage from './descriptions/git-storage.json';
import observability from './descriptions/observability.json';
import rails from './descriptions/rails.json';
import roles from './descriptions/roles.json';
import storage from './descriptions/storage.json';
import system from './descriptions/system.json';

/** What we say of a root and its keys, in our own words. */
export interface RootText {
  /** What the root is for, in one sentence. */
  readonly about: string;
  /** Page of GitLab's documentation. */
  readonly docs: string;
  /** Further pages, for the keys whose path begins like this. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Descriptions (Markdown) by path, keys joined by `/`; the empty path is the root itself. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Texts by root. */
export const ROOT_TEXTS: ReadonlyMap<string, RootText> = new Map(
  [access, cache, coordination, database, gitStorage, observability, rails, roles, storage, system].flatMap(
    (part) => Object.entries<RootText>(part),
  ),
);

/** Beginnings of paths with a page of their own, by root. */
const BEGINNINGS: ReadonlyMap<string, readonly string[]> = new Map(
  Array.from(ROOT_TEXTS).flatMap(([root, { pages }]) =>
    pages === undefined ? [] : [[root, Object.keys(pages)] as const],
  ),
);

/** The page about a key: the one for the longest beginning of its path, else its root's. */
export function docsOf(root: string, path: readonly string[]): string | undefined {
  const text = ROOT_TEXTS.get(root);
  const beginnings = BEGINNINGS.get(root);
  if (text?.pages === undefined || beginnings === undefined) return text?.docs;
  const id = path.join('/');
  let best = '';
  // Asked of thousands of keys by programs that run once: there, `for … of` makes an object each step.
  for (let at = 0; at < beginnings.length; at += 1) {
    const begins = beginnings[at] ?? '';
    if (begins.length > best.length && id.startsWith(begins)) best = begins;
  }
  return text.pages[best] ?? text.docs;
}
