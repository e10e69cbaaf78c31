import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { hasUnknown, truthy, type HashValue, type RubyValue } from '../../evaluate/value';
import { enabled, isUnset, keySpan, knownAt, unset } from '../support/read';

/** Kinds of objects that Workhorse uploads itself: one account must do for all of them. */
export const KINDS = [
  'artifacts',
  'external_diffs',
  'lfs',
  'uploads',
  'packages',
  'dependency_proxy',
  'terraform_state',
] as const;
/** Kinds that may have an account of their own beside the common one. */
export const OTHER_KINDS = ['pages', 'ci_secure_files', 'agent_plan_content'] as const;

/** How a file connects to an object storage, and where. */
export interface Connection {
  /** The key that holds it, e.g. `object_store`, `backup_upload_connection`. */
  readonly key: string;
  readonly hash: HashValue;
  readonly span: Span;
}

/** The common object storage: `gitlab_rails['object_store']`. */
export interface CommonStore {
  readonly span: Span;
  /** Undefined when it is not certain. */
  readonly connection: HashValue | undefined;
  /** True when it certainly has no connection. */
  readonly unconnected: boolean;
  /** Why GitLab does not use it: the kind that has an account of its own. */
  readonly overruledBy: string | undefined;
  /** True when it is certain that GitLab uses it. */
  readonly used: boolean;
}

/** The common object storage when it is certainly switched on. */
export function commonStore(subject: GitlabRbSubject): CommonStore | undefined {
  const on = knownAt(subject, 'gitlab_rails', 'object_store', 'enabled')?.value;
  const span = keySpan(subject, 'gitlab_rails', 'object_store', 'enabled');
  if (on === undefined || !truthy(on) || span === undefined) return undefined;
  const found = knownAt(subject, 'gitlab_rails', 'object_store', 'connection')?.value;
  const connection = found?.kind === 'hash' ? found : undefined;
  const empty = connection !== undefined && connection.entries.size === 0 && connection.open === undefined;
  const unconnected = empty || unset(subject, 'gitlab_rails', 'object_store', 'connection');
  const states = KINDS.map((kind) => [kind, ownAccount(subject, kind, connection)] as const);
  const overruledBy = unconnected ? undefined : states.find(([, state]) => state === true)?.[0];
  const sure = connection !== undefined && !empty && states.every(([, state]) => state === false);
  return { span, connection, unconnected, overruledBy, used: sure };
}

/** Whether a kind has an account that differs from the common one; undefined when that is not certain. */
function ownAccount(
  subject: GitlabRbSubject,
  kind: string,
  common: HashValue | undefined,
): boolean | undefined {
  const on = subject.value('gitlab_rails', `${kind}_object_store_enabled`);
  const own = subject.value('gitlab_rails', `${kind}_object_store_connection`);
  if (on?.kind !== 'unknown' && (isUnset(on) || (on !== undefined && !truthy(on)))) return false;
  if (own?.kind !== 'unknown' && (own === undefined || isEmpty(own))) return false;
  if (on === undefined || on.kind === 'unknown' || own === undefined || common === undefined)
    return undefined;
  if (hasUnknown(own) || hasUnknown(common)) return undefined;
  return !same(own, common);
}

function isEmpty(value: RubyValue): boolean {
  return isUnset(value) || (value.kind === 'hash' && value.entries.size === 0 && value.open === undefined);
}

/** True when two known values say the same; texts and symbols are the same once they are JSON. */
export function same(one: RubyValue, other: RubyValue): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function plain(value: RubyValue): unknown {
  switch (value.kind) {
    case 'hash':
      return [...value.entries.values()].map(({ key, value: inner }) => [key, plain(inner)]).sort();
    case 'array':
      return value.items.map(plain);
    case 'nil':
    case 'unknown':
      return null;
    case 'string':
    case 'symbol':
    case 'integer':
    case 'float':
    case 'boolean':
      return value.value;
  }
}

/** Every connection to an object storage in the file. */
export function connections(subject: GitlabRbSubject): readonly Connection[] {
  const keys: readonly (readonly string[])[] = [
    ['object_store', 'connection'],
    ...[...KINDS, ...OTHER_KINDS].map((kind) => [`${kind}_object_store_connection`]),
    ['backup_upload_connection'],
  ];
  return keys.flatMap((path) => {
    const found = knownAt(subject, 'gitlab_rails', ...path);
    return found?.value.kind === 'hash' ? [{ key: path[0] ?? '', hash: found.value, span: found.span }] : [];
  });
}

/** True when GitLab itself runs on this machine, and on others like it. */
export function oneOfSeveral(subject: GitlabRbSubject): boolean {
  if (enabled(subject, 'puma') !== true) return false;
  const { roles } = subject;
  if (roles?.has('redis_replica_role') === true || roles?.has('redis_sentinel_role') === true) return true;
  return enabled(subject, 'patroni') === true || enabled(subject, 'sentinel') === true;
}

/** True when the files may lie on a disk that all machines share, or when nobody knows. */
export function mayShareDisk(subject: GitlabRbSubject): boolean {
  const keys = ['shared_path', 'uploads_directory', 'artifacts_path', 'lfs_storage_path'];
  if (!keys.every((key) => unset(subject, 'gitlab_rails', key))) return true;
  return !unset(subject, 'high_availability', 'mountpoint');
}
