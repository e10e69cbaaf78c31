import type { ServiceFault } from '../core/fault';
import { killed } from '../core/kill';
import { applicationNode } from '../puma/faults';

/** Faults of what takes Git over SSH in. */
export const sshdFaults = [
  {
    id: 'kill-sshd',
    title: 'Kill gitlab-sshd of one node',
    deed: 'Kill gitlab-sshd',
    description:
      'SIGKILL to gitlab-sshd. Git over SSH that was under way there breaks off; HAProxy leads new connections to the other nodes.',
    aim: applicationNode.id,
    feltBy: 'git-ssh',
    needs: 'gitlab-sshd',
    action: killed('gitlab-sshd'),
  },
] as const satisfies readonly ServiceFault[];
