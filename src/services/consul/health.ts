import { say } from '../../words/message';
import type { NodeView, View } from '../core/live/view';
import { LEADS_CHECK } from './facts';
import type { ConsulServer } from './facts';
import { consulView } from './view';
import type { ConsulView } from './view';
import { facts } from '../core/live/health';
import type { Facts, Verdict } from '../core/live/health';

/** A Consul server is well when it is a voter its peers can reach and there is a Raft leader; an agent, when gossip sees it. */
export function consulVerdict(view: View, node: NodeView): Verdict {
  const consul = consulView(view);
  if (consul.quorum === 'no')
    return { health: 'failed', detail: say('no Raft leader: Consul has lost its quorum') };
  if (consul.quorum === 'unknown') return { health: 'unknown', detail: say('no Consul agent answers') };
  if (consul.servers === undefined)
    return { health: 'unknown', detail: say('there is a Raft leader; its peers are not known yet') };
  const server = consul.servers.find(({ address }) => address === node.address);
  if (!server && !view.placement.membersOf('consul').includes(node.name)) return agent(node, consul);
  if (!server) return { health: 'degraded', detail: say('not among the Raft peers') };
  return { ...standing(view, server), facts: serverFacts(consul, node, server) };
}

/** Without a vote, it is well while the others see it: Consul's own check of each node says so. */
function agent(node: NodeView, consul: ConsulView): Verdict {
  const seen = consul.checks?.find((check) => check.node === node.name && check.id === 'serfHealth');
  if (consul.checks === undefined) return { health: 'unknown', detail: say('its checks are not known yet') };
  if (seen === undefined) return { health: 'degraded', detail: say('an agent the servers do not know') };
  if (seen.status !== 'passing') return { health: 'failed', detail: say('its peers do not reach it') };
  return { health: 'ok', role: 'member', detail: say('agent without a vote') };
}

function standing(view: View, server: ConsulServer): Verdict {
  const { leader } = consulView(view);
  if (server.serf !== 'alive')
    return { health: 'failed', detail: say('its peers say it is {0}', server.serf) };
  if (!server.voter) return { health: 'degraded', role: 'non-voter', detail: say('alive, not a voter yet') };
  const leads =
    leader.holder === undefined ? server.leader : view.node(leader.holder)?.address === server.address;
  const role = leads ? 'leader' : 'voter';
  if (!server.healthy)
    return { health: 'degraded', role, detail: say('voter, lagging behind the Raft leader') };
  return { health: 'ok', role, detail: leads ? say('Raft leader') : say('voter') };
}

function serverFacts(consul: ConsulView, node: NodeView, server: ConsulServer): Facts {
  const failing = consul.checks
    ?.filter((check) => check.node === server.name || check.node === node.name)
    .filter(({ id, status }) => status !== 'passing' && id !== LEADS_CHECK)
    .map(({ id, status }) => `${id} (${status})`);
  return facts({
    Version: server.version,
    Voters: consul.servers?.filter(({ voter }) => voter).length,
    'Servers that may fail': consul.failureTolerance,
    'Failing checks': failing?.join(', '),
  });
}
