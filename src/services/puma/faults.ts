import type { FaultAim, ServiceFault } from '../core/fault';
import { killed } from '../core/kill';
import { nearest } from '../keepalived/nearest';
import type { NearestState } from '../keepalived/nearest';

/** One is as good as another. All parts of the application run on the same nodes. */
export const applicationNode = {
  id: 'application-node',
  title: 'a node of the application',
  needs: 'puma',
  feltBy: 'web',
  node: nearest('puma'),
} as const satisfies FaultAim<NearestState>;

/** Faults of what runs the application's code. */
export const pumaFaults = [
  {
    id: 'kill-puma',
    title: 'Kill Puma of one node',
    deed: 'Kill Puma',
    description:
      'SIGKILL to Puma and its workers. Requests under way there fail; HAProxy leads visitors to the other nodes until it is ready again.',
    aim: applicationNode.id,
    needs: 'puma',
    action: killed('puma'),
  },
] as const satisfies readonly ServiceFault[];
