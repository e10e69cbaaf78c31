import { breakNode, mendNode } from '../../../src/drills/faults/deed';
import { fault } from '../../../src/drills/faults/fault';
import type { FaultId } from '../../../src/drills/faults/fault';
import { AIM, deafened, frozen, killed, nodes, together } from './deeds';
import type { Aim, Deed, SoakContext } from './deeds';
import { ordersTellOfRedis, tellsOfRedis } from './told';

/** A fault of the soak. */
export interface SoakFault {
  readonly id: string;
  /** How often a whole soak injects it. */
  readonly runs: number;
  /** Seconds until it is mended. */
  readonly holdS: number;
  readonly deed: Deed;
  /**
   * Whether it is said that Redis may lose what it acknowledged: with a fault that is offered by what the user reads
   * there, with the others by the manual.
   */
  readonly tellsOfRedis: (context: SoakContext) => boolean;
}

/** The postmaster and its children, which name themselves. */
const POSTGRES = '^(/\\S+/postgres |postgres: )';

/** One of the faults that the product offers. */
function offered(id: FaultId, runs = 1): SoakFault {
  const tells = ({ state, lab }: SoakContext): boolean => tellsOfRedis(fault(id), state, lab);
  const deed: Deed = async ({ lab, labs, state }) => {
    const observer = { state, record: () => undefined };
    const context = { lab, labs, observer, now: Date.now };
    const injected = await breakNode(context, fault(id));
    return () => mendNode(context, injected);
  };
  return { id, runs, holdS: 12, deed, tellsOfRedis: tells };
}

/** What the manual says of Redis holds wherever its master dies, freezes or is deaf. */
type Harder = Omit<SoakFault, 'tellsOfRedis'> & {
  readonly losesRedis?: true;
  /** Nodes that a user could order to be killed with the same effect, and is told at that what it may cost. */
  readonly kills?: Aim;
};

function harder({ losesRedis, kills, ...fault }: Harder): SoakFault {
  return {
    ...fault,
    tellsOfRedis: ({ state, lab }) =>
      losesRedis === true || ordersTellOfRedis(kills?.(state) ?? [], state, lab),
  };
}

/** Nodes killed at once, and started after a while. */
function nodesKilled(aim: Aim): Pick<Harder, 'deed' | 'kills'> {
  return { deed: nodes(aim, 'kill', 'start'), kills: aim };
}

const HARDER: readonly Harder[] = [
  { id: 'consul-frozen-leader', runs: 2, holdS: 25, deed: frozen(AIM.leader, 'bin/consul agent') },
  { id: 'consul-frozen-raft', runs: 4, holdS: 15, deed: frozen(AIM.raftLeader, 'bin/consul agent') },
  { id: 'consul-killed-all', runs: 1, holdS: 5, deed: killed(AIM.all, 'bin/consul agent') },
  { id: 'patroni-killed', runs: 1, holdS: 5, deed: killed(AIM.leader, 'patroni-start ') },
  { id: 'patroni-frozen', runs: 2, holdS: 40, deed: frozen(AIM.leader, 'patroni-start ') },
  { id: 'postgres-frozen-20', runs: 1, holdS: 20, deed: frozen(AIM.leader, POSTGRES) },
  { id: 'postgres-frozen-60', runs: 2, holdS: 60, deed: frozen(AIM.leader, POSTGRES) },
  { id: 'haproxy-killed-all', runs: 1, holdS: 5, deed: killed(AIM.all, '^/usr/sbin/haproxy') },
  { id: 'haproxy-frozen', runs: 1, holdS: 15, deed: frozen(AIM.vipHolder, '^/usr/sbin/haproxy') },
  { id: 'pgbouncer-frozen', runs: 1, holdS: 15, deed: frozen(AIM.vipHolder, '^/usr/sbin/pgbouncer') },
  { id: 'pgbouncer-killed-all', runs: 1, holdS: 5, deed: killed(AIM.all, '^/usr/sbin/pgbouncer') },
  { id: 'keepalived-killed', runs: 2, holdS: 5, deed: killed(AIM.vipHolder, 'sbin/keepalived') },
  { id: 'keepalived-frozen', runs: 2, holdS: 15, deed: frozen(AIM.vipHolder, 'sbin/keepalived') },
  { id: 'two-killed-sync', runs: 2, holdS: 10, ...nodesKilled(AIM.leaderAndSync) },
  { id: 'two-killed-async', runs: 1, holdS: 10, ...nodesKilled(AIM.leaderAndAsync) },
  { id: 'sync-standby-killed', runs: 2, holdS: 10, ...nodesKilled(AIM.syncStandby) },
  { id: 'all-stopped', runs: 2, holdS: 2, deed: nodes(AIM.all, 'stop', 'start') },
  { id: 'all-restarted', runs: 1, holdS: 0, deed: nodes(AIM.all, 'restart') },
  { id: 'all-killed', runs: 3, holdS: 2, deed: nodes(AIM.all, 'kill', 'start'), losesRedis: true },
  { id: 'all-frozen', runs: 2, holdS: 10, deed: nodes(AIM.all, 'pause', 'unpause') },
  {
    id: 'redis-and-sentinel-killed',
    runs: 2,
    holdS: 5,
    deed: together(killed(AIM.redisMaster, 'redis-server'), killed(AIM.redisMaster, 'redis-sentinel')),
  },
  { id: 'redis-killed-all', runs: 2, holdS: 5, deed: killed(AIM.all, 'redis-server'), losesRedis: true },
  { id: 'redis-frozen', runs: 2, holdS: 8, deed: frozen(AIM.redisMaster, 'redis-server') },
  {
    id: 'leader-and-sync-parted',
    runs: 1,
    holdS: 20,
    deed: deafened(AIM.leader, ['INPUT', 'OUTPUT'], AIM.syncStandby),
  },
  { id: 'leader-deaf', runs: 4, holdS: 25, deed: deafened(AIM.leader, ['INPUT']), losesRedis: true },
  { id: 'leader-mute', runs: 1, holdS: 25, deed: deafened(AIM.leader, ['OUTPUT']), losesRedis: true },
  {
    id: 'redis-master-deaf',
    runs: 4,
    holdS: 20,
    deed: deafened(AIM.redisMaster, ['INPUT']),
    losesRedis: true,
  },
];

/** Sixty faults: those that are offered, and harder ones. */
export const SOAK_FAULTS: readonly SoakFault[] = [
  offered('kill-postgres', 2),
  offered('kill-node'),
  offered('pause-node'),
  offered('cut-node', 2),
  offered('kill-redis'),
  offered('stop-haproxy'),
  offered('pause-vip-holder', 2),
  ...HARDER.map(harder),
];
