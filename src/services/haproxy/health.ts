import { say } from '../../words/message';
import type { NodeView, View } from '../core/live/view';
import { HAPROXY_ROWS } from './facts';
import type { HaproxyRow } from './facts';
import { facts } from '../core/live/health';
import type { Verdict } from '../core/live/health';

/** An HAProxy is well when every backend that has servers has at least one that takes connections. */
export function haproxyVerdict(_: View, node: NodeView): Verdict {
  const rows = node.fact(HAPROXY_ROWS)?.value;
  if (!rows) return { health: 'unknown', detail: say('its statistics socket has not been reached') };
  const backends = backendsOf(rows);
  const dead = backends.filter(({ up, servers }) => servers > 0 && up === 0).map(({ name }) => name);
  const listed = Object.fromEntries(
    backends
      .filter(({ servers }) => servers > 0)
      .map(({ name, up, servers }) => [name, say('{0} of {1} up', up, servers)]),
  );
  if (backends.length === 0 && rows.length === 0)
    return { health: 'degraded', detail: say('has no proxies') };
  if (dead.length > 0)
    return {
      health: 'degraded',
      detail: say('no server up in {0}', dead.join(', ')),
      facts: facts(listed),
    };
  return { health: 'ok', detail: say('every backend has a server'), facts: facts(listed) };
}

/** Servers of one HAProxy, as `backend/server`. */
export interface SeenServers {
  /** Those that clients are sent to. */
  readonly taking: readonly string[];
  /** Those whose check fails; one that is in maintenance is in neither list. */
  readonly down: readonly string[];
}

/** Undefined while its statistics are not known. */
export function seenServers(node: NodeView): SeenServers | undefined {
  const servers = node.fact(HAPROXY_ROWS)?.value.filter(isServer);
  if (!servers) return undefined;
  const named = (rows: readonly HaproxyRow[]): readonly string[] =>
    rows.map(({ proxy, name }) => `${proxy}/${name}`);
  return {
    taking: named(servers.filter(({ status }) => takes(status))),
    down: named(servers.filter(({ status }) => status.startsWith('DOWN'))),
  };
}

interface Backend {
  readonly name: string;
  readonly servers: number;
  readonly up: number;
}

function backendsOf(rows: readonly HaproxyRow[]): readonly Backend[] {
  return rows
    .filter(({ name }) => name === 'BACKEND')
    .map(({ proxy }) => {
      const servers = rows.filter((row) => row.proxy === proxy && isServer(row));
      return {
        name: proxy,
        servers: servers.length,
        up: servers.filter(({ status }) => takes(status)).length,
      };
    });
}

function isServer({ name }: HaproxyRow): boolean {
  return name !== 'BACKEND' && name !== 'FRONTEND';
}

/** `UP`, `UP 1/3` (going down) and `no check` take connections; `DOWN 1/2` (going up), `MAINT`, `DRAIN` do not. */
function takes(status: string): boolean {
  return status.startsWith('UP') || status === 'no check';
}
