import type { Proxy, Server } from '../model/proxies';
import { templatesOf } from '../model/servers';
import { isSure, type HaproxyDocument } from '../syntax/document';
import type { HaproxyRule } from './haproxy-rule';

const TIMES = 'Timeouts and health checks';

type Backends = ReadonlyMap<string, Proxy>;

function isChecked(server: Server): boolean {
  return server.has('check') || server.has('agent-check');
}

/** The server that a `track` names, and why there is none. */
function trackedBy(
  server: Server,
  proxy: Proxy,
  backends: Backends,
): { readonly target?: Server; readonly owner?: Proxy; readonly missing?: string } {
  const written = server.value('track')?.value ?? '';
  const slash = written.indexOf('/');
  const [name, wanted] =
    slash < 0 ? [proxy.name, written] : [written.slice(0, slash), written.slice(slash + 1)];
  const owner = slash < 0 ? proxy : backends.get(name);
  if (owner === undefined) return { missing: `There is no backend "${name}".` };
  // Nobody can list what a template makes.
  if (owner.own('server-template').length > 0) return {};
  const target = owner.servers.find((other) => other.name.value === wanted);
  return target === undefined
    ? { missing: `There is no server "${wanted}" in "${name}".` }
    : { target, owner };
}

/** What is wrong with a server that follows another one; undefined when nothing is. */
function trackFault(server: Server, proxy: Proxy, backends: Backends): readonly [string, string] | undefined {
  if (server.has('check')) {
    return ['A server cannot be checked and follow another one.', 'Remove "check", or remove "track".'];
  }
  const seen = new Set([server]);
  let [follower, home] = [server, proxy];
  for (;;) {
    const { target, owner, missing } = trackedBy(follower, home, backends);
    if (missing !== undefined && follower === server) return [missing, 'Name a server that has a check.'];
    if (target === undefined || owner === undefined || !isSure(target.statement)) return undefined;
    if (seen.has(target))
      return [`"${server.name.value}" follows itself in the end.`, 'Follow a server that has a check.'];
    if (!target.has('track')) {
      if (isChecked(target) || follower !== server) return undefined;
      const message = `"${target.name.value}" has no check, so there is nothing to follow.`;
      return [message, `Add "check" to "${target.name.value}".`];
    }
    seen.add(target);
    [follower, home] = [target, owner];
  }
}

/** True when the first step of the checks of a proxy names a port, which then stands for that of its servers. */
function connectsToPort(proxy: Proxy): boolean {
  const steps = [...proxy.all('http-check'), ...proxy.all('tcp-check')];
  return steps.some(
    ({ args }) =>
      args[0]?.value === 'connect' && args.some(({ value }) => value === 'port' || value === 'addr'),
  );
}

function hasPort(written: string | undefined): boolean {
  return written !== undefined && Number(written) !== 0;
}

/** True when a server is checked over a network address, and nothing tells the port. */
function lacksPort(server: Server): boolean {
  const { family, host, dynamic } = server.parsed;
  if (dynamic) return false;
  // Without brackets the last part of an IPv6 address is the port to HAProxy.
  const elsewhere = /^(\d+(\.\d+){3}|\[[\da-f:]*\])$/i.test(server.value('addr')?.value ?? '');
  if (elsewhere && family === 'unix') return !hasPort(server.value('port')?.value);
  // For any address HAProxy checks nothing.
  if (family !== 'ip' || (!elsewhere && /^(0\.0\.0\.0|\*|\[?::\]?)?$/.test(host))) return false;
  // A place holder of a template may bring its port along.
  if (!/^[\w.:[\]-]+$/.test(host) || host.includes('__')) return false;
  const [, port = ''] = /:([^:\]]*)$/.exec(server.address.value.replace(/^\w+@/, '')) ?? [];
  const own = port !== '' && !/^[+-]/.test(port) && Number(port) !== 0;
  return !own && !hasPort(server.value('port')?.value) && !/:\d+$/.test(server.value('addr')?.value ?? '');
}

/** True when a check of the server has no port to go to. */
export function lacksCheckPort(server: Server, proxy: Proxy): boolean {
  return lacksPort(server) && !connectsToPort(proxy);
}

/** True when the port of the server is in a variable, if it has one. */
export function mayLackPort(server: Server): boolean {
  return (
    server.parsed.dynamic && !/:\d+"?$/.test(server.address.value) && !hasPort(server.value('port')?.value)
  );
}

/** True for an address in figures. A name HAProxy looks up when it starts, or later: then it asks for no port. */
function isNumeric({ parsed: { host } }: Server): boolean {
  return host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
}

/** False for a file without the parameter by which a server follows another one; `track-sc0` is none. */
export function mayTrack({ text }: HaproxyDocument): boolean {
  return /track(?![-\w])/.test(text);
}

/** Rules for how HAProxy finds out that a server is well. */
export const HEALTH_RULES: readonly HaproxyRule[] = [
  {
    id: 'HAP324',
    severity: 'error',
    topic: TIMES,
    title: 'A server cannot follow the health of another one',
    check({ document, proxies }, report) {
      if (!mayTrack(document)) return;
      const backends: Backends = new Map(
        proxies.filter(({ backend }) => backend).map((proxy) => [proxy.name, proxy]),
      );
      for (const proxy of proxies) {
        if (!proxy.runs) continue;
        for (const server of proxy.servers) {
          if (!isSure(server.statement) || !server.has('track')) continue;
          const fault = trackFault(server, proxy, backends);
          if (fault === undefined) continue;
          const [message, remedy] = fault;
          report({
            span: server.value('track') ?? server.name,
            message: `${message} HAProxy does not start.`,
            remedy,
          });
        }
      }
    },
  },
  {
    id: 'HAP325',
    severity: 'error',
    topic: TIMES,
    title: 'Nothing says which port a check goes to',
    check({ proxies }, report) {
      for (const proxy of proxies) {
        if (!proxy.runs) continue;
        for (const server of [...proxy.servers, ...templatesOf(proxy)]) {
          if (!isSure(server.statement)) continue;
          if (server.has('check') && lacksCheckPort(server, proxy)) {
            const refused = isNumeric(server) || server.parsed.family === 'unix';
            const message = `"${server.name.value}" is checked, and nothing says at which port: ${refused ? 'HAProxy does not start' : 'every check fails'}.`;
            report({
              span: server.address,
              message,
              remedy: 'Write address:port, or add "port <number>" for the check.',
              severity: refused ? 'error' : 'warning',
            });
          } else if (server.has('agent-check') && !(Number(server.value('agent-port')?.value ?? 0) > 0)) {
            const message = `"${server.name.value}" asks an agent, and nothing says at which port: HAProxy does not start.`;
            report({ span: server.name, message, remedy: 'Add "agent-port <number>".' });
          }
        }
      }
    },
  },
];
