import type { NodeAction } from '../../lab/lab-service';
import { service as serviceOf } from '../../services/registry';
import type { ServiceId } from '../../services/registry';
import { switchoverOf } from '../../services/switchovers';
import type { SwitchoverId } from '../../services/switchovers';

/** Something that is done to a lab on purpose: to a machine, to a service on it, or handing a role over. */
export type Order =
  | { readonly on: 'node'; readonly node: string; readonly action: NodeAction }
  | {
      readonly on: 'service';
      readonly node: string;
      readonly service: ServiceId;
      readonly action: 'start' | 'stop' | 'restart';
    }
  | {
      readonly on: 'switchover';
      readonly service: SwitchoverId;
      /** Who is to take over; the likeliest one when absent. */
      readonly to?: string;
    };

const NODE_TITLES: Readonly<Record<NodeAction, (node: string) => string>> = {
  start: (node) => `Start ${node}`,
  stop: (node) => `Stop ${node}`,
  restart: (node) => `Restart ${node}`,
  kill: (node) => `Kill ${node}`,
  pause: (node) => `Pause ${node}`,
  unpause: (node) => `Unpause ${node}`,
  disconnect: (node) => `Cut ${node} from the network`,
  connect: (node) => `Reconnect ${node} to the network`,
};

/** What takes back an action on a node; undefined for what gives something back itself. */
const UNDONE_BY: Readonly<Record<NodeAction, NodeAction | undefined>> = {
  kill: 'start',
  stop: 'start',
  restart: 'start',
  pause: 'unpause',
  disconnect: 'connect',
  start: undefined,
  unpause: undefined,
  connect: undefined,
};

/** The order in words, as a headline: "Kill node1". */
export function orderTitle(order: Order): string {
  switch (order.on) {
    case 'node':
      return NODE_TITLES[order.action](order.node);
    case 'service': {
      const { title } = serviceOf(order.service);
      const verb = order.action.charAt(0).toUpperCase() + order.action.slice(1);
      return `${verb} ${title} on ${order.node}`;
    }
    case 'switchover': {
      const title = switchoverOf(order.service)?.title ?? order.service;
      return `Hand over the ${title}${order.to === undefined ? '' : ` to ${order.to}`}`;
    }
  }
}

/** What others are told while it is carried out. */
export function orderPurpose(order: Order): string {
  switch (order.on) {
    case 'node':
      return `${order.action} ${order.node}`;
    case 'service':
      return `${order.action} ${order.service} on ${order.node}`;
    case 'switchover':
      return `switchover ${order.service}`;
  }
}

/** The order that takes this one back; undefined where there is none: it gives something back, or moves a role. */
export function undoing(order: Order): Order | undefined {
  if (order.on === 'switchover') return undefined;
  if (order.on === 'service') return order.action === 'start' ? undefined : { ...order, action: 'start' };
  const action = UNDONE_BY[order.action];
  return action === undefined ? undefined : { ...order, action };
}

/**
 * True when something is missing from the cluster afterwards, if only for a moment: what a cluster that is not whole may
 * not survive. Everything of this kind goes through the gate.
 */
export function takesAway(order: Order): boolean {
  return order.on === 'switchover' || undoing(order) !== undefined;
}
