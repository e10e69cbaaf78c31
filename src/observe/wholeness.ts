import { listed, say } from '../words/message';
import type { Message } from '../words/message';
import type { Cluster } from '../cluster/cluster';
import { service as serviceOf } from '../services/registry';
import { healthWord } from './health-word';
import { LIVE_SERVICES } from './live';
import { placementOf } from './placement';
import type { ClusterPlacement } from './placement';
import type { ClusterState, NodeState } from './state';

/** Something that is missing until the cluster is whole. Whether two are the same is told by where, not by the words. */
export interface Lack {
  /** Where it is missing; undefined for the cluster as a whole. */
  readonly node?: string;
  /** Of what; undefined for a node as a whole. */
  readonly service?: string;
  /** A short phrase: "node2: Redis is unknown (…)". */
  readonly text: Message;
}

/**
 * What is missing until the cluster is whole, one short phrase each, e.g. "node2: Redis is unknown (…)". Empty
 * means whole: all services of all nodes ok, and of each service as a whole what it needs: every database member
 * streaming, every Consul server a voter, one holder of the VIP… Only then may a fault be injected: a second failure in
 * a cluster that still heals proves nothing.
 */
export function wholeness(state: ClusterState, cluster: Cluster): readonly Message[] {
  return missingIn(state, placementOf(cluster));
}

/** The same with the cluster's placement at hand. */
export function missingIn(state: ClusterState, placement: ClusterPlacement): readonly Message[] {
  return lacksIn(state, placement).map(({ text }) => text);
}

/** The same, each with its place. */
export function lacksIn(state: ClusterState, placement: ClusterPlacement): readonly Lack[] {
  const nodes = new Map(state.nodes.map((node) => [node.name, node]));
  return [
    ...placement.nodes.flatMap((name) => missingOnNode(name, nodes.get(name), placement)),
    ...LIVE_SERVICES.flatMap(([id, live]) => {
      const members = placement.membersOf(id);
      const missing = members.length === 0 ? [] : (live.missing?.(state, members) ?? []);
      return missing.map((text): Lack => ({ service: id, text }));
    }),
  ];
}

/** True when something was seen not to be well; what is not known yet may be. */
export function seenIll({ nodes }: Pick<ClusterState, 'nodes'>): boolean {
  return nodes.some(
    (node) =>
      whyDown(node) !== undefined ||
      node.services.some(({ health }) => health !== 'ok' && health !== 'unknown'),
  );
}

function missingOnNode(
  name: string,
  node: NodeState | undefined,
  placement: ClusterPlacement,
): readonly Lack[] {
  if (!node) return [{ node: name, text: say('{0}: not known', name) }];
  const down = whyDown(node);
  if (down !== undefined) return [{ node: name, text: listed([name, down], ': ') }];
  return placement.servicesOn(name).flatMap((id) => {
    const found = node.services.find(({ service }) => service === id);
    if (found?.health === 'ok') return [];
    const { title } = serviceOf(id);
    const text = found
      ? say('{0}: {1} is {2} ({3})', name, title, healthWord(found.health), found.detail)
      : say('{0}: {1} is {2}', name, title, healthWord('unknown'));
    return [{ node: name, service: id, text }];
  });
}

function whyDown(node: NodeState): Message | undefined {
  const { container } = node;
  if (container === 'paused') return say('the node is paused');
  if (container === 'stopped') return say('the node is stopped');
  if (container === 'missing') return say('the node is missing');
  return node.connected === false ? say('the node is cut from the network') : undefined;
}
