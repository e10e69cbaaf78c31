import { listed, say } from '../../words/message';
import { LIVE_SERVICES } from '../../observe/live';
import type { ClusterState } from '../../observe/state';
import type { Lack } from '../../observe/wholeness';
import { service as serviceOf } from '../../services/registry';

/** Services that send clients on. */
const FORWARDERS = LIVE_SERVICES.flatMap(([id, { forwards }]) => (forwards ? [id] : []));

/** What those that send clients on have to send them to. */
export interface ServersTaking {
  /** By backend, each that some of them does. */
  readonly servers: ReadonlyMap<string, ReadonlySet<string>>;
  /** By backend, how many the one has that has most: they may be of two minds for a moment about who leads. */
  readonly most: ReadonlyMap<string, number>;
}

export const NONE_TAKING: ServersTaking = { servers: new Map(), most: new Map() };

/** Reads it out of what all of them say. */
export function serversTaking({ nodes }: Pick<ClusterState, 'nodes'>): ServersTaking {
  const each = nodes.map(({ servers }) => byBackend(servers?.taking ?? []));
  const servers = byBackend(nodes.flatMap(({ servers: own }) => own?.taking ?? []));
  const most = [...servers.keys()].map(
    (backend) => [backend, Math.max(...each.map((own) => own.get(backend)?.size ?? 0))] as const,
  );
  return { servers, most: new Map(most) };
}

/**
 * What has been lost since: servers that somebody sent clients to, and now nobody does because their check fails. A
 * backend that still has as many as before has lost none: who leads has moved. A lack for each backend. Pure.
 * @param kept servers that are to be there, as `backend/server`
 */
export function lostServers(
  before: ServersTaking,
  state: Pick<ClusterState, 'nodes'>,
  kept: ReadonlySet<string>,
): readonly Lack[] {
  const taking = serversTaking(state);
  const down = byBackend(state.nodes.flatMap(({ servers }) => servers?.down ?? []));
  return [...before.servers].flatMap(([backend, servers]) => {
    const now = taking.servers.get(backend) ?? new Set();
    if (now.size >= (before.most.get(backend) ?? 0)) return [];
    const lost = [...servers].filter(
      (server) => kept.has(`${backend}/${server}`) && !now.has(server) && down.get(backend)?.has(server),
    );
    if (lost.length === 0) return [];
    return FORWARDERS.map((id) => ({
      service: id,
      text: say(
        '{0} sends nobody to {1} of {2} any more: its check fails',
        serviceOf(id).title,
        listed(lost, ', '),
        backend,
      ),
    }));
  });
}

function byBackend(servers: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of servers) {
    const at = path.lastIndexOf('/');
    const backend = path.slice(0, at);
    found.set(backend, (found.get(backend) ?? new Set()).add(path.slice(at + 1)));
  }
  return found;
}
