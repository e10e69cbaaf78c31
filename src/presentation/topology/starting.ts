import { verbatim } from '../../words/message';
import type { NodeState, ServiceState } from '../../observe/state';
import type { LabSnapshot } from '../lab-snapshot';

/**
 * Nodes as their rows show them: while a lab is being made, a node whose container does not run yet has not failed, it is
 * on its way, and so is what nothing is known of.
 */
export function shownNodes(lab: LabSnapshot, nodes: readonly NodeState[]): readonly NodeState[] {
  return lab.deploying === true ? nodes.map(onItsWay) : nodes;
}

/** Nothing to say. */
export const SILENT = verbatim('');

function onItsWay(node: NodeState): NodeState {
  const begun = node.container === 'running';
  const shown = (service: ServiceState): ServiceState =>
    begun && service.health !== 'unknown' ? service : { ...service, health: 'starting', detail: SILENT };
  const health = begun && node.health !== 'unknown' ? node.health : 'starting';
  return { ...node, health, services: node.services.map(shown) };
}
