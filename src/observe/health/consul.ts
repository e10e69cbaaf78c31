import type { ConsulServer } from '../observation';
import type { NodeView, View } from '../view';
import { facts } from '../../services/core/live/verdict';
import type { Verdict } from '../../services/core/live/verdict';

/** A Consul server is well when it is a voter its peers can reach and there is a Raft leader. */
export function consulVerdict(view: View, node: NodeView): Verdict {
  if (view.quorum === 'no') return { health: 'failed', detail: 'no Raft leader: Consul has lost its quorum' };
  if (view.quorum === 'unknown') return { health: 'unknown', detail: 'no Consul agent answers' };
  if (view.servers === undefined)
    return { health: 'unknown', detail: 'there is a Raft leader; its peers are not known yet' };
  const server = view.servers.find(({ address }) => address === node.address);
  if (!server) return { health: 'degraded', detail: 'not among the Raft peers' };
  return { ...standing(view, server), facts: serverFacts(view, node, server) };
}

function standing(view: View, server: ConsulServer): Verdict {
  if (server.serf !== 'alive') return { health: 'failed', detail: `its peers say it is ${server.serf}` };
  if (!server.voter) return { health: 'degraded', role: 'non-voter', detail: 'alive, not a voter yet' };
  const leads = view.raftLeader.holder === undefined ? server.leader : isRaftLeader(view, server);
  const role = leads ? 'leader' : 'voter';
  if (!server.healthy) return { health: 'degraded', role, detail: 'voter, lagging behind the Raft leader' };
  return { health: 'ok', role, detail: leads ? 'Raft leader' : 'voter' };
}

function isRaftLeader(view: View, server: ConsulServer): boolean {
  const leader = view.nodes.find(({ name }) => name === view.raftLeader.holder);
  return leader?.address === server.address;
}

function serverFacts(view: View, node: NodeView, server: ConsulServer): Readonly<Record<string, string>> {
  const failing = view.checks
    ?.filter((check) => check.node === server.name || check.node === node.name)
    .filter(({ status }) => status !== 'passing')
    .map(({ id, status }) => `${id} (${status})`);
  return facts({
    Version: server.version,
    Voters: view.servers?.filter(({ voter }) => voter).length,
    'Servers that may fail': view.failureTolerance,
    'Failing checks': failing?.join(', '),
  });
}
