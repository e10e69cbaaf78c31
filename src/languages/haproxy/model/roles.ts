import type { Proxy } from './proxies';
import type { HaproxyDocument, Statement } from '../syntax/document';

/** What a proxy carries, told by its ports. */
export type Role = 'ssh' | 'gitaly' | 'database' | 'redis';

const PORTS: Readonly<Record<Role, readonly number[]>> = {
  ssh: [22, 2222, 2424],
  gitaly: [2305, 3305, 8075],
  database: [5432, 6432],
  redis: [6379],
};

const ROLES = Object.keys(PORTS) as readonly Role[];

/** True when the proxy listens on, or sends to, a port of this role. */
export function carries(proxy: Proxy, role: Role): boolean {
  for (const port of PORTS[role]) if (proxy.ports.has(port)) return true;
  return false;
}

/** Names of the backends that a frontend sends traffic to; a listen section is its own. */
export function reachedBackends({ proxies }: { readonly proxies: readonly Proxy[] }): ReadonlySet<string> {
  return new Set(proxies.flatMap(({ targets }) => targets));
}

const GITLAB = /gitlab|praefect|\/-\/(?:readiness|health|liveness)/i;

const namesGitlab = ({ keyword, args }: Statement): boolean =>
  GITLAB.test(keyword.value) || args.some((word) => GITLAB.test(word.value));

/** True when a line HAProxy reads speaks of GitLab: rules for its web tier apply only then. */
export function isForGitlab({ text, sections }: HaproxyDocument): boolean {
  // Most files that are not about GitLab do not hold the word at all.
  if (!GITLAB.test(text)) return false;
  return sections.some(({ header, statements }) => namesGitlab(header) || statements.some(namesGitlab));
}

/** Web backends of a GitLab: in HTTP mode, not one of the other roles, with servers. */
export function isWebBackend(proxy: Proxy): boolean {
  if (!proxy.backend || proxy.mode !== 'http' || proxy.servers.length === 0) return false;
  return !ROLES.some((role) => carries(proxy, role));
}
