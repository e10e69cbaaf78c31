import type { Span } from '../../../core/rules/rule';
import type { Assignment } from '../../evaluate/evaluated-config';
import { servedByRoles } from '../../schema/roles';
import type { GitlabRbSubject } from '../../subject';
import { truthy, type KnownValue, type RubyValue } from '../../evaluate/value';
import { perSubject } from './per-subject';
import { append } from '../../../core/data/append';

/** A value that is certain, and where it is written. */
export interface Found<T> {
  readonly value: T;
  readonly span: Span;
}

/** What a key is certainly set to; undefined when it is not set, set to nil, only read, or not known. */
export function knownAt(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Found<KnownValue> | undefined {
  const value = subject.value(root, ...path);
  if (value === undefined || value.kind === 'unknown' || isUnset(value)) return undefined;
  return { value, span: subject.span(value.range) };
}

/** Signs of a text that something else fills in before GitLab reads it: Ansible, ERB, envsubst, Terraform. */
const TEMPLATE = /\{\{|\{%|<%|\$\{|\$\(|^\$\w+$|@@\w+@@|^__\w+__$/;

/** True when the text is a template's, so that nobody knows what GitLab will read. */
export function isTemplate(text: string): boolean {
  return TEMPLATE.test(text);
}

/** The text a key is set to; symbols are none, and texts that a template fills in are not known. */
export function stringAt(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Found<string> | undefined {
  const found = knownAt(subject, root, ...path);
  if (found?.value.kind !== 'string' || isTemplate(found.value.value)) return undefined;
  return { value: found.value.value, span: found.span };
}

/** The integer a key is set to, as a number or as a text of digits: most templates write both alike. */
export function digitsAt(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Found<number> | undefined {
  const found = knownAt(subject, root, ...path);
  if (found === undefined) return undefined;
  const { value, span } = found;
  if (value.kind === 'integer') return { value: value.value, span };
  return value.kind === 'string' && /^\d{1,15}$/.test(value.value)
    ? { value: Number(value.value), span }
    : undefined;
}

/** True or false, as written. */
export function booleanAt(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Found<boolean> | undefined {
  const found = knownAt(subject, root, ...path);
  return found?.value.kind === 'boolean' ? { value: found.value.value, span: found.span } : undefined;
}

/** The items of an array. */
export function itemsAt(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Found<readonly RubyValue[]> | undefined {
  const found = knownAt(subject, root, ...path);
  return found?.value.kind === 'array' ? { value: found.value.items, span: found.span } : undefined;
}

/** The texts of an array whose items are all certain texts. */
export function textsAt(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Found<readonly Found<string>[]> | undefined {
  const items = itemsAt(subject, root, ...path);
  if (items === undefined) return undefined;
  const texts: Found<string>[] = [];
  for (const item of items.value) {
    if (item.kind !== 'string' || isTemplate(item.value)) return undefined;
    texts.push({ value: item.value, span: subject.span(item.range) });
  }
  return { value: texts, span: items.span };
}

/** True when the key is certainly not set (or set to nil, which keeps the default) by this file. */
export function unset(subject: GitlabRbSubject, root: string, ...path: readonly string[]): boolean {
  return subject.complete && isUnset(subject.value(root, ...path));
}

/** True when the value is nil, or an empty hash that exists only because it was read. */
export function isUnset(value: RubyValue | undefined): boolean {
  if (value === undefined || value.kind === 'nil') return true;
  return (
    value.kind === 'hash' &&
    value.fromReading === true &&
    value.entries.size === 0 &&
    value.open === undefined
  );
}

/**
 * Whether the service of a root runs on this machine: by its `enable`, else by the roles, else by default.
 * Undefined when that cannot be known.
 */
export function enabled(subject: GitlabRbSubject, root: string): boolean | undefined {
  const value = subject.value(root, 'enable');
  if (value?.kind === 'unknown') return undefined;
  if (value !== undefined && !isUnset(value)) return truthy(value);
  const { roles, complete } = subject;
  if (!complete || roles === undefined) return undefined;
  return servedByRoles(roles, root);
}

/** True when the machine certainly has the role. */
export function hasRole(subject: GitlabRbSubject, role: string): boolean {
  return subject.roles?.has(role) === true;
}

const CLUSTER_ROLES = [
  'patroni_role',
  'pgbouncer_role',
  'redis_replica_role',
  'redis_sentinel_role',
] as const;
const CLUSTER_SERVICES = ['patroni', 'pgbouncer', 'praefect', 'sentinel', 'consul'] as const;

/** True when the machine is certainly one of several: it has a role or service that makes sense in a cluster only. */
export function clustered(subject: GitlabRbSubject): boolean {
  if (CLUSTER_ROLES.some((role) => hasRole(subject, role))) return true;
  return CLUSTER_SERVICES.some((root) => enabled(subject, root) === true);
}

/** The last statement that writes the key itself or a hash around it. */
export function assignmentOf(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Assignment | undefined {
  return byRoot(subject)
    .get(root)
    ?.findLast((one) => one.path.length <= path.length && one.path.every((key, at) => key === path[at]));
}

const byRoot = perSubject((subject): ReadonlyMap<string, readonly Assignment[]> => {
  const sorted = new Map<string, Assignment[]>();
  for (const assignment of subject.config.assignments) {
    append(sorted, assignment.root, assignment);
  }
  return sorted;
});

/**
 * Where a key is written: its left side when it has a statement of its own, else the key inside its hash. Undefined
 * when the file does not set it.
 */
export function keySpan(
  subject: GitlabRbSubject,
  root: string,
  ...path: readonly string[]
): Span | undefined {
  const assignment = assignmentOf(subject, root, ...path);
  if (assignment?.path.length === path.length) return subject.span(assignment.targetRange);
  const parent = subject.value(root, ...path.slice(0, -1));
  const entry = parent?.kind === 'hash' ? parent.entries.get(path.at(-1) ?? '') : undefined;
  return entry === undefined ? undefined : subject.span(entry.keyRange);
}

/** Where the file calls `roles`; undefined when it does not. */
export function rolesSpan(subject: GitlabRbSubject): Span | undefined {
  const value = subject.config.tree.get('roles');
  return value === undefined ? undefined : subject.span(value.range);
}

/** A key as people write it: `gitlab_rails['db_host']`. */
export function written(root: string, path: readonly string[]): string {
  return `${root}${path.map((key) => `['${key}']`).join('')}`;
}
