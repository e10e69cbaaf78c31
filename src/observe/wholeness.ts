import type { Cluster } from '../cluster/cluster';
import { service as serviceOf } from '../services/registry';
import { LIVE_SERVICES } from './live';
import { placementOf } from './placement';
import type { ClusterPlacement } from './placement';
import type { ClusterState, NodeState } from './state';

/**
 * What is missing until the cluster is whole, one short phrase each, e.g. "node2: Redis is unknown (…)". Empty
 * means whole: all services of all nodes ok, and of each service as a whole what it needs: every database member
 * streaming, every Consul server a voter, one holder of the VIP… Only then may a fault be injected: a second failure in
 * a cluster that still heals proves nothing.
 */
export function wholeness(state: ClusterState, cluster: Cluster): readonly string[] {
  return missingIn(state, placementOf(cluster));
}

/** The same with the cluster's placement at hand. */
export function missingIn(state: ClusterState, placement: ClusterPlacement): readonly string[] {
  const nodes = new Map(state.nodes.map((node) => [node.name, node]));
  return [
    ...placement.nodes.flatMap((name) => missingOnNode(name, nodes.get(name), placement)),
    ...LIVE_SERVICES.flatMap(([id, live]) => {
      const members = placement.membersOf(id);
      return members.length === 0 ? [] : (live.missing?.(state, members) ?? []);
    }),
  ];
}

function missingOnNode(
  name: string,
  node: NodeState | undefined,
  placement: ClusterPlacement,
): readonly string[] {
  if (!node) return [`${name}: not known`];
  const down = whyDown(node);
  if (down !== undefined) return [`${name}: ${down}`];
  return placement.servicesOn(name).flatMap((id) => {
    const found = node.services.find(({ service }) => service === id);
    if (found?.health === 'ok') return [];
    const { title } = serviceOf(id);
    return [
      found ? `${name}: ${title} is ${found.health} (${found.detail})` : `${name}: ${title} is unknown`,
    ];
  });
}

function whyDown(node: NodeState): string | undefined {
  if (node.container === 'paused' || node.container === 'stopped' || node.container === 'missing')
    return `the node is ${node.container}`;
  return node.connected === false ? 'the node is cut from the network' : undefined;
}
