import { GITLAB_SCHEMA } from '../../schema';
import type { KeyInfo, RemovedKey, ValueType } from '../../schema/schema';
import { isSince, type GitlabVersion } from '../../schema/version';
import type { Place } from '../cursor/frames';

const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  string: 'string',
  integer: 'integer',
  float: 'number',
  boolean: 'boolean',
  array: 'list',
  hash: 'hash',
  symbol: 'symbol',
  nil: 'nil',
};

/** The types of a key, as people call them; empty when nobody knows. */
export function typeText({ types }: KeyInfo): string {
  return types.map((type) => TYPE_NAMES[type]).join(' or ');
}

/** One line on a key: `integer, default 30`. */
export function detailOf(info: KeyInfo): string {
  const parts = [typeText(info), info.default === undefined ? '' : `default ${short(info.default)}`];
  return parts.filter((part) => part !== '').join(', ');
}

/** `patroni['postgresql']['max_connections']`; items of a list as `[]`. */
export function written({ root, path }: Place): string {
  return root + path.map((name) => (name === '[]' ? '[]' : `['${name}']`)).join('');
}

/** True when GitLab of this version does something about the removal of a key. */
export function isRemovedIn(removed: RemovedKey, version: GitlabVersion): boolean {
  const from = removed.deprecatedIn ?? removed.removedIn;
  return from === undefined || isSince(version, from);
}

/** What is known of the removal of a key, if this version already has it removed or deprecated. */
export function removalOf({ root, path }: Place, version: GitlabVersion): RemovedKey | undefined {
  const removed = GITLAB_SCHEMA.removed(root, path);
  return removed !== undefined && isRemovedIn(removed, version) ? removed : undefined;
}

/** True when the key is known, and to this version. */
export function isKnown(info: KeyInfo, version: GitlabVersion): boolean {
  return info.since === undefined || isSince(version, info.since);
}

/** Longer values are cut. */
export function short(text: string, longest = 60): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
