import { GITLAB_SCHEMA } from '../../schema';
import type { RemovedKey } from '../../schema/schema';
import { isSince, type GitlabVersion } from '../../schema/version';

/** What a version does with a key that was or will be taken away. */
export type Fate =
  /** It works, nothing to say. */
  | 'fine'
  /** It works, and will not for ever. */
  | 'deprecated'
  /** `gitlab-ctl reconfigure` stops. */
  | 'refused'
  /** It has no effect. */
  | 'ignored';

/** What the version does with a removed key. Words that are no setting any more and roles have rules of their own. */
export function fateOf(removed: RemovedKey, version: GitlabVersion): Fate {
  const { behaviour, deprecatedIn, removedIn } = removed;
  // Without any version the end lies before the oldest one anybody runs.
  const gone = removedIn === undefined ? deprecatedIn === undefined : isSince(version, removedIn);
  const announced = deprecatedIn !== undefined && isSince(version, deprecatedIn);
  switch (behaviour) {
    case 'aborts':
      return gone ? 'refused' : announced ? 'deprecated' : 'fine';
    case 'ignored':
      return gone ? 'ignored' : announced ? 'deprecated' : 'fine';
    case 'copied':
    case 'moved':
    case 'warns':
    case 'still-read': {
      const since = deprecatedIn ?? removedIn;
      return since !== undefined && isSince(version, since) ? 'deprecated' : 'fine';
    }
    case 'unknown-root':
    case 'invalid-role':
      return 'fine';
  }
}

/** The removal of a key; undefined when it is none, or one that took the whole first word away. */
export function removalOf(root: string, path: readonly string[]): RemovedKey | undefined {
  const removed = GITLAB_SCHEMA.removed(root, path);
  return removed?.behaviour === 'unknown-root' || removed?.behaviour === 'invalid-role' ? undefined : removed;
}

/** The keys of a replacement that is a plain path, e.g. `gitaly['configuration']['listen_addr']`. */
export function replacementPath(
  replacement: string | undefined,
): { readonly root: string; readonly path: readonly string[] } | undefined {
  if (replacement === undefined) return undefined;
  const match = /^([a-z_]+)((?:\['[\w.-]+'\])+)$/.exec(replacement);
  if (match === null) return undefined;
  const path = [...(match[2] ?? '').matchAll(/\['([\w.-]+)'\]/g)].map((one) => one[1] ?? '');
  return { root: match[1] ?? '', path };
}
