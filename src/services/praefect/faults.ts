import type { FaultAim, ServiceFault } from '../core/fault';
import { killed } from '../core/kill';
import { nearest } from '../keepalived/nearest';
import type { NearestState } from '../keepalived/nearest';

/** One is as good as another. */
export const praefectNode = {
  id: 'praefect-node',
  title: 'a node with Praefect',
  needs: 'praefect',
  feltBy: 'commit',
  node: nearest('praefect'),
} as const satisfies FaultAim<NearestState>;

/** Faults that show that any Praefect will do. */
export const praefectFaults = [
  {
    id: 'kill-praefect',
    title: 'Kill one Praefect',
    deed: 'Kill Praefect',
    description:
      'SIGKILL to Praefect. HAProxy leads clients to the others; repositories keep their primaries, because who is well is decided by a majority of the Praefects.',
    aim: praefectNode.id,
    needs: 'praefect',
    action: killed('praefect'),
  },
] as const satisfies readonly ServiceFault[];
