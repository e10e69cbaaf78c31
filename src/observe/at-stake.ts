import type { Cluster } from '../cluster/cluster';
import type { Message } from '../words/message';
import type { Member } from '../services/core/stake';
import { nodesRunning } from '../services/placement';
import { SERVICES } from '../services/registry';
import { STAKES } from '../services/stakes';
import type { ClusterState, NodeState } from './state';

/** What is missing from the cluster while something lasts that is done to it. */
export interface Taken {
  readonly node: string;
  /** Runit name; the whole node when absent. */
  readonly service?: string;
}

/** True when it serves nobody any more: taking it away costs nothing, and may be how it is repaired. */
export function isSpent({ node: name, service }: Taken, { nodes }: Pick<ClusterState, 'nodes'>): boolean {
  const node = nodes.find((candidate) => candidate.name === name);
  if (!node || node.container === 'unknown') return false;
  if (isAway(node)) return true;
  return service !== undefined && isDown(node, service);
}

/**
 * What could be lost or stand still when this is taken from a cluster in this state, as its services declare it: one
 * sentence each.
 */
export function atStake(taken: Taken, state: ClusterState, cluster: Cluster): readonly Message[] {
  return STAKES.flatMap((stake) => {
    if (taken.service !== undefined && taken.service !== stake.service) return [];
    const service = SERVICES.find(({ id }) => id === stake.service);
    const placed = service ? nodesRunning(cluster, service) : [];
    const members = placed.map(({ name }): Member => {
      const node = state.nodes.find((candidate) => candidate.name === name);
      const serves = node !== undefined && !isAway(node) && !isDown(node, stake.service);
      return { node: name, serves, lost: name === taken.node };
    });
    return members.some(({ lost }) => lost) ? stake.atStake(state, members) : [];
  });
}

function isAway({ container, connected }: NodeState): boolean {
  return (container !== 'running' && container !== 'unknown') || connected === false;
}

function isDown({ services }: NodeState, id: string): boolean {
  const found = services.find(({ service }) => service === id);
  return found?.process === 'down' || found?.health === 'failed';
}
