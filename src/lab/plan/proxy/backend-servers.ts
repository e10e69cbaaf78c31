import type { Cluster } from '../../../cluster/cluster';
import type { Proxy } from '../../../languages/haproxy/model/proxy';
import { proxiesOf, type Server } from '../../../languages/haproxy/model/proxies';
import { DEFAULT_HAPROXY_VERSION, haproxyVersion } from '../../../languages/haproxy/schema/version';
import { parseHaproxy } from '../../../languages/haproxy/syntax/document';
import type { Declared } from '../../../services/core/live/declared';
import type { ClusterPorts } from '../../../services/core/ports';
import { runsOn } from '../../../services/placement';
import { portsOf } from '../../../services/ports';
import { SERVICES } from '../../../services/registry';

export interface BackendServersInput {
  /** With the addresses of `cluster`. */
  readonly haproxyCfg: string;
  /** As the lab runs it: layers it leaves out are off. */
  readonly cluster: Cluster;
  /** What the files change against the usual ports. */
  readonly ports: ClusterPorts;
}

/**
 * The backends of haproxy.cfg behind which only services stand that the lab does not run, for the observer: that they
 * have no server up is as wanted. Nothing when there are none. Never throws.
 */
export function declaredIdleBackends(input: BackendServersInput): Declared {
  const { cluster, ports } = input;
  const run = placesOf(cluster, ports, true);
  const leftOut = placesOf(cluster, ports, false);
  const idle = backendsOf(input)
    .filter(({ servers }) => servers.every((server) => isAt(server, leftOut) && !isAt(server, run)))
    .map(({ name }) => name);
  const names = SERVICES.flatMap(({ idleBackends }) => idleBackends ?? []);
  return idle.length === 0 ? {} : Object.fromEntries(names.map(({ name }) => [name, idle.join(' ')]));
}

/**
 * The servers of haproxy.cfg behind which a service of the lab runs, as `backend/server`: what HAProxy may not lose when
 * a change goes over the lab. Never throws.
 */
export function serversInUse(input: BackendServersInput): readonly string[] {
  const run = placesOf(input.cluster, input.ports, true);
  return backendsOf(input).flatMap(({ name, servers }) =>
    servers.filter((server) => isAt(server, run)).map((server) => `${name}/${server.name.value}`),
  );
}

function backendsOf({ haproxyCfg, cluster }: BackendServersInput): readonly Proxy[] {
  const version = haproxyVersion(cluster.haproxyVersion) ?? DEFAULT_HAPROXY_VERSION;
  return proxiesOf(parseHaproxy(haproxyCfg, version)).filter(
    ({ backend, servers }) => backend && servers.length > 0,
  );
}

/** `address:port` and `name:port` of the services that run on their nodes, or of those that do not. */
function placesOf(cluster: Cluster, ports: ClusterPorts, running: boolean): ReadonlySet<string> {
  return new Set(
    cluster.nodes.flatMap(({ name, address }) =>
      SERVICES.filter((service) => (service.deployed && runsOn(cluster, service, name)) === running)
        .flatMap(({ id, entrances = [] }) =>
          // Where clients come in is at the virtual address.
          portsOf(id, ports[name]).filter((port) => !entrances.includes(port.name)),
        )
        .flatMap(({ port }) => [`${address}:${port}`, `${name}:${port}`]),
    ),
  );
}

function isAt({ parsed }: Server, places: ReadonlySet<string>): boolean {
  return parsed.port !== undefined && places.has(`${parsed.host}:${parsed.port}`);
}
