import type { ServiceFault } from '../core/fault';
import { killed } from '../core/kill';
import { applicationNode } from '../puma/faults';

/** Faults of what runs jobs. */
export const sidekiqFaults = [
  {
    id: 'kill-sidekiq',
    title: 'Kill Sidekiq of one node',
    deed: 'Kill Sidekiq',
    description:
      'SIGKILL to Sidekiq in the middle of whatever it does. The others go on with the queue; jobs it had begun are begun again elsewhere, and their effect is there once.',
    aim: applicationNode.id,
    feltBy: 'job',
    needs: 'sidekiq',
    action: killed('sidekiq'),
  },
] as const satisfies readonly ServiceFault[];
