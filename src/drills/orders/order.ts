import { declaredAs, say } from '../../words/message';
import type { Message } from '../../words/message';
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

const NODE_TITLES: Readonly<Record<NodeAction, (node: string) => Message>> = {
  start: (node) => say('Start {0}', node),
  stop: (node) => say('Stop {0}', node),
  restart: (node) => say('Restart {0}', node),
  kill: (node) => say('Kill {0}', node),
  pause: (node) => say('Pause {0}', node),
  unpause: (node) => say('Unpause {0}', node),
  disconnect: (node) => say('Cut {0} from the network', node),
  connect: (node) => say('Reconnect {0} to the network', node),
};

const SERVICE_TITLES: Readonly<
  Record<'start' | 'stop' | 'restart', (service: string, node: string) => Message>
> = {
  start: (service, node) => say('Start {0} on {1}', service, node),
  stop: (service, node) => say('Stop {0} on {1}', service, node),
  restart: (service, node) => say('Restart {0} on {1}', service, node),
};

/** An action on a node within a sentence. */
export function actionWord(action: NodeAction): Message {
  switch (action) {
    case 'start':
      return say('start');
    case 'stop':
      return say('stop');
    case 'restart':
      return say('restart');
    case 'kill':
      return say('kill');
    case 'pause':
      return say('pause');
    case 'unpause':
      return say('unpause');
    case 'disconnect':
      return say('disconnect');
    case 'connect':
      return say('connect');
  }
}

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
export function orderTitle(order: Order): Message {
  switch (order.on) {
    case 'node':
      return NODE_TITLES[order.action](order.node);
    case 'service': {
      const { title } = serviceOf(order.service);
      return SERVICE_TITLES[order.action](title, order.node);
    }
    case 'switchover': {
      const title = declaredAs(switchoverOf(order.service)?.title ?? order.service);
      return order.to === undefined
        ? say('Hand over the {0}', title)
        : say('Hand over the {0} to {1}', title, order.to);
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
