import type { HaproxySubject } from '../subject';
import type { Proxy } from '../model/proxies';

/** What a proxy carries, told by its ports. */
export type Role = 'ssh' | 'gitaly' | 'database' | 'redis';

const PORTS: Readonly<Record<Role, readonly number[]>> = {
  ssh: [22, 2222, 2424],
  gitaly: [2305, 3305, 8075],
  database: [5432, 6432],
  redis: [6379],
};

/** True when the proxy listens on, or sends to, a port of this role. */
export function carries(proxy: Proxy, role: Role): boolean {
  const ports = [
    ...proxy.binds.flatMap((bind) => bind.ports),
    ...proxy.servers.flatMap((server) => server.parsed.port ?? []),
  ];
  return ports.some((port) => PORTS[role].includes(port));
}

/** The frontends whose traffic reaches a backend; a listen section is its own. */
export function frontendsOf(subject: HaproxySubject, proxy: Proxy): Proxy[] {
  return subject.proxies.filter((other) => other.frontend && other.targets.includes(proxy.name));
}

/** True when a file speaks of GitLab: rules for its web tier apply only then. */
export function isForGitlab(subject: HaproxySubject): boolean {
  return subject.document.sections.some((section) =>
    [section.header, ...section.statements].some(({ keyword, args }) =>
      [keyword, ...args].some((word) => /gitlab|praefect|\/-\/(readiness|health|liveness)/i.test(word.value)),
    ),
  );
}

/** Web backends of a GitLab: in HTTP mode, not one of the other roles, with servers. */
export function isWebBackend(proxy: Proxy): boolean {
  const other = (['ssh', 'gitaly', 'database', 'redis'] as const).some((role) => carries(proxy, role));
  return proxy.backend && proxy.mode === 'http' && proxy.servers.length > 0 && !other;
}
