import type { FaultAim, ServiceFault } from '../core/fault';
import { killed } from '../core/kill';
import { busiestGitaly, homeOf } from '../praefect/whole';
import { PROBE_REPOSITORY } from '../puma/probe-repository';
import type { RepositoriesState } from '../praefect/whole';

/** Of whoever measures first, that client's repository; undefined while no repository has a primary. */
export const primaryGitaly = {
  id: 'primary-gitaly',
  title: 'Gitaly with the most primaries',
  needs: 'gitaly',
  feltBy: 'commit',
  node: ({ git }) => git && (homeOf(git, PROBE_REPOSITORY) ?? busiestGitaly(git)),
} as const satisfies FaultAim<{ readonly git?: RepositoriesState }>;

/** Faults that show what Praefect does. */
export const gitalyFaults = [
  {
    id: 'stop-gitaly',
    title: 'Stop the primary Gitaly',
    deed: 'Stop Gitaly',
    description:
      'Gitaly ends and stays away. After ten seconds without an answer Praefect gives a repository another primary as soon as somebody writes to it; its replicas are made current when it is back.',
    aim: primaryGitaly.id,
    needs: 'gitaly',
    action: { on: 'service', service: 'gitaly' },
  },
  {
    id: 'kill-gitaly',
    title: 'Kill the primary Gitaly',
    deed: 'Kill Gitaly',
    description:
      'SIGKILL to Gitaly. It is started again before Praefect gives its repositories another primary: pushes that were under way fail, the next ones wait for it.',
    aim: primaryGitaly.id,
    needs: 'gitaly',
    action: killed('gitaly'),
  },
  {
    id: 'freeze-gitaly',
    title: 'Freeze the primary Gitaly',
    deed: 'Freeze Gitaly',
    description:
      'Its process stands still while its connections stay open. Praefect asks in vain, after ten seconds gives a repository another primary as soon as somebody writes to it, and makes its replicas current when it thaws.',
    aim: primaryGitaly.id,
    needs: 'gitaly',
    action: { on: 'standstill', service: 'gitaly' },
  },
] as const satisfies readonly ServiceFault[];
