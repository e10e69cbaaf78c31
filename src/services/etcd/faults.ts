import type { FaultAim, ServiceFault } from '../core/fault';
import type { Layout } from '../core/live/layout';
import type { EtcdState } from './whole';

/** Undefined while nobody leads, and where no etcd runs. */
export const etcdLeader = {
  id: 'etcd-leader',
  title: 'etcd leader',
  needs: 'etcd',
  feltBy: 'postgres',
  node: ({ etcd }) => etcd?.leader,
} as const satisfies FaultAim<{ readonly etcd?: EtcdState }>;

/** Faults that show what happens to the store in which Patroni keeps who leads. */
export const etcdFaults = [
  {
    id: 'kill-etcd',
    title: 'Kill the etcd leader',
    deed: 'Kill etcd',
    description:
      'SIGKILL to etcd. The other members elect another leader within a second or two; Patroni asks one of them, and the database goes on without a pause.',
    aim: etcdLeader.id,
    needs: 'etcd',
    action: {
      on: 'process',
      process: 'etcd',
      service: 'etcd',
      kill: ({ services }: Layout) => ['bash', '-c', `sv kill ${services}/etcd`],
    },
  },
  {
    id: 'kill-etcd-node',
    title: 'Kill the node that leads etcd',
    deed: 'Kill the node',
    description:
      'The machine is gone without a word, and with it the member that leads etcd. Where it also led the database, its key ends with its time to live only: etcd does not know that a machine is dead.',
    aim: etcdLeader.id,
    needs: 'etcd',
    action: { on: 'node', inject: 'kill', heal: 'start' },
  },
] as const satisfies readonly ServiceFault[];
