import type { Taken } from '../../observe/at-stake';
import type { ClusterState } from '../../observe/state';
import type { FaultAction } from '../../services/core/fault';
import { switchoverOf } from '../../services/switchovers';
import type { Order } from './order';

/** What an order takes away, in this state; undefined while nobody holds the role that would be handed over. */
export function takenBy(order: Order, state: ClusterState): Taken | undefined {
  if (order.on === 'node') return { node: order.node };
  if (order.on === 'service') return { node: order.node, service: order.service };
  const node = switchoverOf(order.service)?.holder(state);
  return node === undefined ? undefined : { node, service: order.service };
}

/** What a fault takes away. */
export function takenByFault(action: FaultAction, node: string): Taken {
  return action.on === 'node' ? { node } : { node, service: action.service };
}
