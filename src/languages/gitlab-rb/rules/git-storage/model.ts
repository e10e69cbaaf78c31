import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import type { HashValue, RubyValue } from '../../evaluate/value';
import { isUnset, itemsAt, knownAt, type Found } from '../support/read';
import { isTemplated, plainAt } from '../support/template';

/** One Gitaly as Praefect knows it. Members are undefined when they are not certain texts. */
export interface PraefectNode {
  readonly hash: HashValue;
  readonly span: Span;
  readonly storage: Found<string> | undefined;
  readonly address: Found<string> | undefined;
  readonly token: Found<string> | undefined;
}

/** A storage that Praefect makes of several Gitalys. */
export interface VirtualStorage {
  readonly hash: HashValue;
  readonly span: Span;
  readonly name: Found<string> | undefined;
  /** Undefined when the list of nodes is not certain, or none. */
  readonly nodes: readonly PraefectNode[] | undefined;
}

/** A directory Gitaly keeps repositories in. */
export interface GitalyStorage {
  readonly name: Found<string> | undefined;
  readonly path: Found<string> | undefined;
}

/** What GitLab itself knows of one storage. */
export interface RailsStorage {
  readonly name: string;
  readonly nameSpan: Span;
  readonly address: Found<string> | undefined;
  readonly token: Found<string> | undefined;
  /** True when the token is certainly not written here. */
  readonly withoutToken: boolean;
}

/** The certain text of a member of a hash. */
export function textIn(subject: GitlabRbSubject, hash: HashValue, key: string): Found<string> | undefined {
  const value = hash.entries.get(key)?.value;
  if (value?.kind !== 'string' || isTemplated(value.value)) return undefined;
  return { value: value.value, span: subject.span(value.range) };
}

/** True when the hash certainly lacks the key. */
export function lacks(hash: HashValue, key: string): boolean {
  return hash.open === undefined && isUnset(hash.entries.get(key)?.value);
}

/** The virtual storages of Praefect that can be read. */
export function virtualStorages(subject: GitlabRbSubject): readonly VirtualStorage[] {
  const items = itemsAt(subject, 'praefect', 'configuration', 'virtual_storage')?.value ?? [];
  return hashes(items).map((hash) => ({
    hash,
    span: subject.span(hash.range),
    name: textIn(subject, hash, 'name'),
    nodes: nodesOf(subject, hash.entries.get('node')?.value),
  }));
}

function nodesOf(
  subject: GitlabRbSubject,
  value: RubyValue | undefined,
): readonly PraefectNode[] | undefined {
  if (value?.kind !== 'array' || value.items.some((item) => item.kind !== 'hash')) return undefined;
  return hashes(value.items).map((hash) => ({
    hash,
    span: subject.span(hash.range),
    storage: textIn(subject, hash, 'storage'),
    address: textIn(subject, hash, 'address'),
    token: textIn(subject, hash, 'token'),
  }));
}

/** The storages of this machine's Gitaly; undefined when they are not certain. */
export function gitalyStorages(subject: GitlabRbSubject): readonly GitalyStorage[] | undefined {
  const items = itemsAt(subject, 'gitaly', 'configuration', 'storage')?.value;
  if (items === undefined || items.some((item) => item.kind !== 'hash')) return undefined;
  return hashes(items).map((hash) => ({
    name: textIn(subject, hash, 'name'),
    path: textIn(subject, hash, 'path'),
  }));
}

/** The storages GitLab uses, with their addresses; undefined when they are not written or not certain. */
export function railsStorages(subject: GitlabRbSubject): readonly RailsStorage[] | undefined {
  const storages = knownAt(subject, 'gitlab_rails', 'repositories_storages')?.value;
  if (storages?.kind !== 'hash' || storages.open !== undefined) return undefined;
  return [...storages.entries.values()].map(({ key, keyRange, value }) => ({
    name: key,
    nameSpan: subject.span(keyRange),
    address: value.kind === 'hash' ? textIn(subject, value, 'gitaly_address') : undefined,
    token: value.kind === 'hash' ? textIn(subject, value, 'gitaly_token') : undefined,
    withoutToken: value.kind === 'hash' && lacks(value, 'gitaly_token'),
  }));
}

/** The token Praefect's or Gitaly's clients must know. */
export function tokenOf(subject: GitlabRbSubject, root: 'praefect' | 'gitaly'): Found<string> | undefined {
  return plainAt(subject, root, 'configuration', 'auth', 'token');
}

/** True when the service certainly checks tokens: not while it is changed over. */
export function checksTokens(subject: GitlabRbSubject, root: 'praefect' | 'gitaly'): boolean {
  const transitioning = subject.value(root, 'configuration', 'auth', 'transitioning');
  return isUnset(transitioning) || (transitioning?.kind === 'boolean' && !transitioning.value);
}

function hashes(items: readonly RubyValue[]): readonly HashValue[] {
  return items.flatMap((item) => (item.kind === 'hash' ? [item] : []));
}
