import type { FaultAim, ServiceFault } from '../core/fault';
import type { Layout } from '../core/live/layout';
import type { DatabaseState } from './whole';

/** Undefined while nobody leads. */
export const databaseLeader = {
  id: 'database-leader',
  title: 'database leader',
  needs: 'patroni',
  feltBy: 'postgres',
  node: ({ database }) => database.leader,
} as const satisfies FaultAim<{ readonly database: DatabaseState }>;

/** Faults that show what Patroni does. */
export const patroniFaults = [
  {
    id: 'kill-postgres',
    title: 'Kill PostgreSQL of the leader',
    deed: 'Kill PostgreSQL',
    description:
      'SIGKILL to the postmaster. Patroni gives up the leader key, the synchronous standby is promoted and the old leader comes back as its replica.',
    aim: databaseLeader.id,
    action: {
      on: 'process',
      process: 'postgres',
      service: 'patroni',
      // The postmaster's pid is the first line of its pid file.
      kill: ({ data }: Layout) => [
        'bash',
        '-c',
        `kill -KILL "$(head -n 1 ${data}/postgresql/data/postmaster.pid)"`,
      ],
    },
  },
  {
    id: 'kill-node',
    title: 'Kill the leader node',
    deed: 'Kill the node',
    description:
      'The machine is gone without a word. Consul declares it failed, its session ends and with it the leader key (in etcd, which knows nothing of machines, the key ends when its time to live does); the synchronous standby takes over.',
    aim: databaseLeader.id,
    action: { on: 'node', inject: 'kill', heal: 'start' },
  },
  {
    id: 'pause-node',
    title: 'Freeze the leader node',
    deed: 'Freeze the node',
    description:
      'All processes of the machine stand still while its connections stay open, as with a stalled hypervisor. When it thaws it must find that it no longer leads.',
    aim: databaseLeader.id,
    action: { on: 'node', inject: 'pause', heal: 'unpause' },
  },
  {
    id: 'cut-node',
    title: 'Cut the leader node from the network',
    deed: 'Cut the node from the network',
    description:
      'The machine works on but reaches nobody. It must stop leading by itself, and the majority must elect another leader.',
    aim: databaseLeader.id,
    action: { on: 'node', inject: 'disconnect', heal: 'connect' },
  },
] as const satisfies readonly ServiceFault[];
