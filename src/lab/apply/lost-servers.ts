import { listed, say } from '../../words/message';
import type { ClusterState } from '../../observe/state';
import type { Lack } from '../../observe/wholeness';

/** Servers that some HAProxy sends clients to, by backend. */
export type ServersTaking = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads them out of what all HAProxies of the cluster say. */
export function serversTaking({ nodes }: Pick<ClusterState, 'nodes'>): ServersTaking {
  return byBackend(nodes.flatMap(({ servers }) => servers?.taking ?? []));
}

/**
 * What HAProxy has lost since: servers that some HAProxy sent clients to, and now none does because their check fails. A
 * backend that still has as many as before has lost none: who leads has moved. A lack for each backend. Pure.
 * @param inUse servers that are to be there, as `backend/server`
 */
export function lostServers(
  before: ServersTaking,
  state: Pick<ClusterState, 'nodes'>,
  inUse: ReadonlySet<string>,
): readonly Lack[] {
  const taking = serversTaking(state);
  const down = byBackend(state.nodes.flatMap(({ servers }) => servers?.down ?? []));
  return [...before].flatMap(([backend, servers]) => {
    const now = taking.get(backend) ?? new Set();
    if (now.size >= servers.size) return [];
    const lost = [...servers].filter(
      (server) => inUse.has(`${backend}/${server}`) && !now.has(server) && down.get(backend)?.has(server),
    );
    if (lost.length === 0) return [];
    const text = say(
      'HAProxy sends nobody to {0} of {1} any more: its check fails',
      listed(lost, ', '),
      backend,
    );
    return [{ service: 'haproxy', text }];
  });
}

function byBackend(servers: readonly string[]): ServersTaking {
  const found = new Map<string, Set<string>>();
  for (const path of servers) {
    const at = path.lastIndexOf('/');
    const backend = path.slice(0, at);
    found.set(backend, (found.get(backend) ?? new Set()).add(path.slice(at + 1)));
  }
  return found;
}
