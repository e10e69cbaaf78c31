import type { ServiceId } from '../../services/registry';
import type { NodeAction } from '../../lab/lab-service';

export type FaultId =
  | 'kill-postgres'
  | 'kill-node'
  | 'pause-node'
  | 'cut-node'
  | 'kill-redis'
  | 'stop-haproxy'
  | 'pause-vip-holder';

/** Which node a fault is aimed at, found in the cluster's state at the moment of the injection. */
export type FaultAim = 'database-leader' | 'redis-master' | 'vip-holder';

/** A process that is killed without warning (SIGKILL), as a crash or the out-of-memory killer would do. */
export type KilledProcess = 'postgres' | 'redis';

export type FaultAction =
  | { readonly on: 'node'; readonly inject: NodeAction; readonly heal: NodeAction }
  | { readonly on: 'service'; readonly service: ServiceId }
  | { readonly on: 'process'; readonly process: KilledProcess };

/** One way to break the cluster and to mend it again; data only, see inject.ts for the deed. */
export interface Fault {
  readonly id: FaultId;
  readonly title: string;
  /** What is done, whichever node it is done to: "Kill the node". */
  readonly deed: string;
  /** What happens and what a working cluster does about it. */
  readonly description: string;
  readonly aim: FaultAim;
  readonly action: FaultAction;
}

export const FAULTS: readonly Fault[] = [
  {
    id: 'kill-postgres',
    title: 'Kill PostgreSQL of the leader',
    deed: 'Kill PostgreSQL',
    description:
      'SIGKILL to the postmaster. Patroni gives up the leader key, the synchronous standby is promoted and the old leader comes back as its replica.',
    aim: 'database-leader',
    action: { on: 'process', process: 'postgres' },
  },
  {
    id: 'kill-node',
    title: 'Kill the leader node',
    deed: 'Kill the node',
    description:
      'The machine is gone without a word. Consul declares it failed, its session ends and with it the leader key; the synchronous standby takes over.',
    aim: 'database-leader',
    action: { on: 'node', inject: 'kill', heal: 'start' },
  },
  {
    id: 'pause-node',
    title: 'Freeze the leader node',
    deed: 'Freeze the node',
    description:
      'All processes of the machine stand still while its connections stay open, as with a stalled hypervisor. When it thaws it must find that it no longer leads.',
    aim: 'database-leader',
    action: { on: 'node', inject: 'pause', heal: 'unpause' },
  },
  {
    id: 'cut-node',
    title: 'Cut the leader node from the network',
    deed: 'Cut the node from the network',
    description:
      'The machine works on but reaches nobody. It must stop leading by itself, and the majority must elect another leader.',
    aim: 'database-leader',
    action: { on: 'node', inject: 'disconnect', heal: 'connect' },
  },
  {
    id: 'kill-redis',
    title: 'Kill the Redis master',
    deed: 'Kill Redis',
    description:
      'SIGKILL to redis-server. The Sentinels agree that it is gone and promote a replica, HAProxy follows; the old master waits for that and comes back as a replica.',
    aim: 'redis-master',
    action: { on: 'process', process: 'redis' },
  },
  {
    id: 'stop-haproxy',
    title: 'Stop HAProxy on the VIP holder',
    deed: 'Stop HAProxy',
    description:
      "Keepalived's check notices that HAProxy is gone and hands the virtual address to another node.",
    aim: 'vip-holder',
    action: { on: 'service', service: 'haproxy' },
  },
  {
    id: 'pause-vip-holder',
    title: 'Freeze the VIP holder',
    deed: 'Freeze the node',
    description: 'VRRP advertisements stop coming; a backup takes the virtual address.',
    aim: 'vip-holder',
    action: { on: 'node', inject: 'pause', heal: 'unpause' },
  },
];

/** True when the cluster mends it alone: what was killed is started again by its supervisor. */
export function healsItself(fault: Fault): boolean {
  return fault.action.on === 'process';
}

/** The fault with this id. */
export function fault(id: FaultId): Fault {
  const found = findFault(id);
  if (!found) throw new RangeError(`no such fault: ${id}`);
  return found;
}

/** The fault somebody named; undefined when there is none of that name. */
export function findFault(id: string): Fault | undefined {
  return FAULTS.find((candidate) => candidate.id === id);
}
