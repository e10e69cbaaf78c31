import { closestWord, isOneEdit } from '../../../finding/did-you-mean';
import { GITLAB_SCHEMA } from '../schema';

/** Names of settings; those of variables, headers and command line flags look otherwise, and users choose them. */
const SETTING = /^[a-z][a-z0-9_-]{4,}$/;
const SHORTEST_KNOWN = 4;

/**
 * The known key that a name below a path was meant to be; undefined when the name may be right. Where a program takes keys
 * that nobody lists here (PostgreSQL, Consul, Gitaly), only a name one slip away from a known one counts.
 * @param above known keys
 * @param name a key below them that is not known
 */
export function meantKey(root: string, above: readonly string[], name: string): string | undefined {
  const names = [...GITLAB_SCHEMA.children(root, above).keys()];
  if (!GITLAB_SCHEMA.isOpen(root, above)) return closestWord(name, names);
  if (!SETTING.test(name)) return undefined;
  return names.find((known) => known.length >= SHORTEST_KNOWN && isOneEdit(name, known));
}
