import { DEFAULT_HAPROXY_VERSION, haproxyVersion } from '../../../languages/haproxy/schema/version';
import { parseHaproxy } from '../../../languages/haproxy/syntax/document';
import { SERVICES } from '../../../services/registry';
import type { Declared } from '../../../services/core/live/declared';

/**
 * Where haproxy.cfg puts the socket that HAProxy's statistics are read from, for the observer; nothing when it is the
 * usual place, or when the file has none, or only one that listens at a port. Never throws.
 * @param version as in cluster.yaml
 */
export function declaredSocket(haproxyCfg: string, version: string): Declared {
  const { sections } = parseHaproxy(haproxyCfg, haproxyVersion(version) ?? DEFAULT_HAPROXY_VERSION);
  const paths = sections
    .filter(({ kind }) => kind === 'global')
    .flatMap(({ statements }) => statements)
    .filter(({ keyword, args }) => keyword.value === 'stats' && args[0]?.value === 'socket')
    .map(({ args }) => args[1]?.value.replace(/^unix@/, '') ?? '')
    .filter((path) => path.startsWith('/'));
  const [path] = paths;
  const usual = SERVICES.flatMap(({ socket }) => socket ?? []);
  if (path === undefined || usual.some(({ byDefault }) => paths.includes(byDefault))) return {};
  return Object.fromEntries(usual.map(({ name }) => [name, path]));
}
