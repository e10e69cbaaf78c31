/** What we say of a root and its keys, in our own words. */
export interface RootText {
  /** What the root is for, in one sentence. */
  readonly about?: string;
  /** Page of GitLab's documentation. */
  readonly docs: string;
  /** Further pages, for the keys whose path begins like this. */
  readonly pages?: Readonly<Record<string, string>>;
  /** Descriptions (Markdown) by path, keys joined by `/`. */
  readonly keys: Readonly<Record<string, string>>;
}

export const ABOUT: Readonly<Record<string, RootText>> = {};

/** The page about a key: the one for the longest beginning of its path, else its root's. */
export function docsOf(root: string, path: readonly string[]): string | undefined {
  const text = ABOUT[root];
  if (text === undefined) return undefined;
  const id = path.join('/');
  let best = text.docs;
  let length = -1;
  for (const [begins, page] of Object.entries(text.pages ?? {})) {
    if (begins.length > length && id.startsWith(begins)) {
      best = page;
      length = begins.length;
    }
  }
  return best;
}
