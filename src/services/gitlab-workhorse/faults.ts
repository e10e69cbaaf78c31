import type { ServiceFault } from '../core/fault';
import { killed } from '../core/kill';
import { applicationNode } from '../puma/faults';

/** Faults of what stands between nginx and Puma. */
export const workhorseFaults = [
  {
    id: 'kill-workhorse',
    title: 'Kill Workhorse of one node',
    deed: 'Kill Workhorse',
    description:
      'SIGKILL to Workhorse. nginx answers 502 until it runs again; HAProxy leads visitors to the other nodes meanwhile.',
    aim: applicationNode.id,
    needs: 'gitlab-workhorse',
    action: killed('gitlab-workhorse', 'workhorse'),
  },
] as const satisfies readonly ServiceFault[];
