import type { ServiceFault } from '../core/fault';
import { applicationNode } from '../puma/faults';

/** Faults of what takes visitors in on a node. */
export const nginxFaults = [
  {
    id: 'stop-nginx',
    title: 'Stop nginx of one node',
    deed: 'Stop nginx',
    description:
      'nginx ends and stays away. HAProxy finds nobody at its port and leads visitors to the other nodes.',
    aim: applicationNode.id,
    needs: 'nginx',
    action: { on: 'service', service: 'nginx' },
  },
] as const satisfies readonly ServiceFault[];
