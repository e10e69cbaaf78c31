import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import { actionWord } from '../orders/order';
import type { NodeAction } from '../../lab/lab-service';
import type { ClusterState, NodeState, ServiceState } from '../../observe/state';
import { service as serviceOf } from '../../services/registry';
import type { ServiceId } from '../../services/registry';
import type { HealContext } from './deed';
import { halt } from './halt';

/** One order that takes back what may have been done to a node. */
export type Healing =
  | { readonly node: string; readonly on: 'node'; readonly action: NodeAction }
  | { readonly node: string; readonly on: 'service' | 'standstill'; readonly service: ServiceId };

/**
 * The orders that take back every fault that shows in the state: nodes that are stopped, frozen or cut off, services
 * that are down on nodes that run. Pure. @param only the nodes to heal; all when absent
 */
export function healings(state: Pick<ClusterState, 'nodes'>, only?: string): readonly Healing[] {
  return state.nodes.filter((node) => only === undefined || node.name === only).flatMap(ofNode);
}

/** What a healing does, in words: "node2: unpause", "node1: start HAProxy". */
export function describeHealing(healing: Healing): Message {
  return listed([healing.node, deedOf(healing)], ': ');
}

function deedOf(healing: Healing): Message {
  if (healing.on === 'node') return actionWord(healing.action);
  const { title } = serviceOf(healing.service);
  return healing.on === 'service' ? say('start {0}', title) : say('thaw {0}', title);
}

/**
 * Carries healings out under the lab's lock, in order, each recorded as an event once it is done. Safe to repeat.
 * @throws LabError `busy`, or the first order's failure
 */
export function healAll(context: HealContext, orders: readonly Healing[]): Promise<void> {
  const { labs, lab, observer } = context;
  return labs.exclusively(lab.name, 'heal', async () => {
    for (const healing of orders) {
      const { node } = healing;
      if (healing.on === 'node') await labs.node(lab.name, node, healing.action);
      else if (healing.on === 'service') await labs.service(lab.name, node, healing.service, 'start');
      else await halt(context, node, healing.service, 'cont');
      observer.record({ at: context.now(), kind: 'fault-healed', node, text: describeHealing(healing) });
    }
  });
}

function ofNode(node: NodeState): readonly Healing[] {
  const orders: Healing[] = [];
  const tell = (action: NodeAction): number => orders.push({ node: node.name, on: 'node', action });
  if (node.container === 'paused') tell('unpause');
  if (node.container === 'stopped') tell('start');
  if (node.connected === false) tell('connect');
  if (node.container !== 'running') return orders;
  const ordersFor = (on: 'service' | 'standstill', services: readonly ServiceState[]): readonly Healing[] =>
    services.map(({ service }) => ({ node: node.name, on, service }));
  return [
    ...orders,
    ...ordersFor(
      'service',
      node.services.filter(({ process }) => process === 'down'),
    ),
    ...ordersFor(
      'standstill',
      node.services.filter(({ standsStill }) => standsStill === true),
    ),
  ];
}
