import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { isSince } from '../../schema/version';
import { clustered, enabled, hasRole, isTemplate, isUnset, stringAt, type Found } from './read';

/** An address as `external_url` takes it. */
export interface WebAddress {
  readonly scheme: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string;
}

/** Splits `https://host:port/path` as Ruby's URI does; scheme or host are empty where the text has none. */
export function webAddress(text: string): WebAddress {
  const match = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)/i.exec(text.trim());
  const [, scheme = '', authority = '', path = ''] = match ?? [];
  const parts = /^(?:[^@]*@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority);
  const port = parts?.[2] === undefined || parts[2] === '' ? undefined : Number(parts[2]);
  return { scheme: scheme.toLowerCase(), host: parts?.[1] ?? '', port, path };
}

/** What a called setting such as `external_url` is certainly set to. */
export function calledText(subject: GitlabRbSubject, root: string): Found<string> | undefined {
  const value = subject.config.tree.get(root);
  if (value?.kind !== 'string' || isTemplate(value.value)) return undefined;
  return { value: value.value, span: subject.span(value.range) };
}

/** The path of a setting of nginx for GitLab itself: under `gitlab_rails['nginx']` since 19.2, and under `nginx`. */
export function vhost(subject: GitlabRbSubject, key: string): readonly [string, ...string[]] {
  const newer = subject.value('gitlab_rails', 'nginx', key);
  const known = isSince(subject.version, '19.2') && newer !== undefined && !isUnset(newer);
  return known ? ['gitlab_rails', 'nginx', key] : ['nginx', key];
}

/** True when nothing sets the key of GitLab's own nginx server. */
export function vhostUnset(subject: GitlabRbSubject, key: string): boolean {
  const [root, ...path] = vhost(subject, key);
  return subject.complete && isUnset(subject.value(root, ...path));
}

/** How the version calls a key of GitLab's own nginx server. */
export function vhostName({ version }: GitlabRbSubject, key: string): string {
  return isSince(version, '19.2') ? `gitlab_rails['nginx']['${key}']` : `nginx['${key}']`;
}

/** True when the machine certainly is one of several that serve GitLab's web pages: requests come through a proxy. */
export function servesApplication(subject: GitlabRbSubject): boolean {
  return hasRole(subject, 'application_role') && clustered(subject) && enabled(subject, 'nginx') === true;
}

/** The addresses the file gives this machine itself, loopback and "all addresses" left out. */
export function ownAddresses(subject: GitlabRbSubject): ReadonlySet<string> {
  const places: readonly (readonly [string, ...string[]])[] = [
    ['patroni', 'connect_address'],
    ['consul', 'configuration', 'bind_addr'],
    ['consul', 'configuration', 'advertise_addr'],
    ['redis', 'bind'],
    ['redis', 'announce_ip'],
    ['sentinel', 'bind'],
    ['sentinel', 'announce_ip'],
    ['pgbouncer', 'listen_addr'],
  ];
  const found = new Set<string>();
  for (const [root, ...path] of places) {
    const address = stringAt(subject, root, ...path)?.value;
    if (address !== undefined && !/^(?:0\.0\.0\.0|::|\*|localhost|127\..*|::1)$/.test(address))
      found.add(address);
  }
  return found;
}

/** Where `roles` or else the address of GitLab is written: the place of what is missing on an application machine. */
export function machineSpan(subject: GitlabRbSubject): Span | undefined {
  const value = subject.config.tree.get('roles') ?? subject.config.tree.get('external_url');
  return value === undefined ? undefined : subject.span(value.range);
}
