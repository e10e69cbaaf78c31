import type { Cluster } from '../../../src/cluster/cluster';
import { deployedServices } from '../../../src/services/registry';
import { initial, reduce } from '../../../src/observe/reducer';
import type { Reduced } from '../../../src/observe/reducer';
import type { Event } from '../../../src/observe/event';
import { learned, seenOn } from '../../../src/services/core/live/fact';
import type { FactObservation } from '../../../src/services/core/live/fact';
import type { Observation } from '../../../src/services/core/live/observation';
import { ADDRESSES, PROCESSES } from '../../../src/services/core/live/view';
import type { RunitStatus } from '../../../src/services/core/live/view';
import { CONSUL_CHECKS, CONSUL_SERVERS, RAFT_LEADER } from '../../../src/services/consul/facts';
import type { ConsulCheck, ConsulServer } from '../../../src/services/consul/facts';
import { HAPROXY_ROWS } from '../../../src/services/haproxy/facts';
import type { HaproxyRow } from '../../../src/services/haproxy/facts';
import { PATRONI_KEYS, PATRONI_LEADER, PATRONI_REST } from '../../../src/services/patroni/facts';
import type { PatroniKeys, PatroniMember, PatroniRest } from '../../../src/services/patroni/facts';
import { PGBOUNCER_CLIENT, PGBOUNCER_HOSTS } from '../../../src/services/pgbouncer/facts';
import type { ClientAnswer } from '../../../src/services/pgbouncer/facts';
import { REDIS_INFO } from '../../../src/services/redis/facts';
import type { RedisInfo } from '../../../src/services/redis/facts';
import { SENTINEL_VIEW } from '../../../src/services/sentinel/facts';
import type { SentinelView } from '../../../src/services/sentinel/facts';
import type { ClusterState, ServiceState } from '../../../src/observe/state';

export const ALL = ['node1', 'node2', 'node3'];
export const VIP = '172.30.0.100';
export const ADDRESS: Readonly<Record<string, string>> = {
  node1: '172.30.0.11',
  node2: '172.30.0.12',
  node3: '172.30.0.13',
};

const on = { enabled: true, nodes: ALL };
const off = { enabled: false, nodes: [] };

export const CLUSTER: Cluster = {
  name: 'sample',
  domain: 'gitlab.example.com',
  gitlabVersion: '19.3',
  haproxyVersion: '3.0',
  dcs: 'consul',
  subnet: '172.30.0.0/24',
  vip: VIP,
  nodes: ALL.map((name) => ({ name, address: ADDRESS[name]! })),
  layers: {
    coordination: on,
    database: on,
    cache: on,
    git: off,
    application: off,
    access: on,
    objects: off,
    observability: off,
  },
  lab: { profile: 'core', timings: 'fast', memoryMb: 1024, cpus: 0, httpPort: 0 },
};

/** Facts as the watchers give them. */
export const saw = {
  processes: (at: number, node: string, processes: Readonly<Record<string, RunitStatus>>): FactObservation =>
    seenOn(PROCESSES, node, at, processes),
  addresses: (at: number, node: string, addresses: readonly string[]): FactObservation =>
    seenOn(ADDRESSES, node, at, addresses),
  pgbouncer: (at: number, node: string, hosts: readonly string[]): FactObservation =>
    seenOn(PGBOUNCER_HOSTS, node, at, hosts),
  client: (at: number, node: string, answer: ClientAnswer): FactObservation =>
    seenOn(PGBOUNCER_CLIENT, node, at, answer),
  patroni: (at: number, node: string, answer: PatroniRest | undefined): FactObservation =>
    seenOn(PATRONI_REST, node, at, answer),
  redis: (at: number, node: string, info: RedisInfo | undefined): FactObservation =>
    seenOn(REDIS_INFO, node, at, info),
  sentinel: (at: number, node: string, view: SentinelView): FactObservation =>
    seenOn(SENTINEL_VIEW, node, at, view),
  haproxy: (at: number, node: string, rows: readonly HaproxyRow[]): FactObservation =>
    seenOn(HAPROXY_ROWS, node, at, rows),
  raftLeader: (at: number, via: string, address: string | undefined): FactObservation =>
    learned(RAFT_LEADER, at, { via, address }),
  consulServers: (
    at: number,
    servers: readonly ConsulServer[],
    failureTolerance: number | undefined,
  ): FactObservation => learned(CONSUL_SERVERS, at, { servers, failureTolerance }),
  consulChecks: (at: number, checks: readonly ConsulCheck[]): FactObservation =>
    learned(CONSUL_CHECKS, at, checks),
  patroniKeys: (at: number, index: number, found: PatroniKeys): FactObservation =>
    learned(PATRONI_KEYS, at, found, index),
  patroniLeader: (at: number, index: number, leader: string | undefined): FactObservation =>
    learned(PATRONI_LEADER, at, leader, index),
};

export const running = (pid = 100): RunitStatus => ({ state: 'run', pid, wanted: 'up' });
export const stopped: RunitStatus = { state: 'down', pid: 0, wanted: 'down' };

export function services(changes: Record<string, RunitStatus> = {}): Record<string, RunitStatus> {
  const placed = deployedServices().filter(({ dcs = CLUSTER.dcs }) => dcs === CLUSTER.dcs);
  const up = placed.map(({ id }, index) => [id, running(100 + index)] as const);
  return { ...Object.fromEntries(up), 'pgbouncer-watch': running(200), ...changes };
}

export function member(name: string, changes: Partial<PatroniMember> = {}): PatroniMember {
  return {
    name,
    address: ADDRESS[name],
    role: name === 'node1' ? 'primary' : 'replica',
    state: 'running',
    replication: name === 'node1' ? undefined : 'streaming',
    timeline: 1,
    position: 1000,
    version: '4.0.7',
    ...changes,
  };
}

export function keys(changes: Partial<PatroniKeys> = {}): PatroniKeys {
  return {
    leader: 'node1',
    members: ALL.map((name) => member(name)),
    sync: { leader: 'node1', standbys: ['node2'] },
    failoverRequested: false,
    historyTimeline: 1,
    leaderPosition: 1000,
    ...changes,
  };
}

export function rest(node: string, changes: Partial<PatroniRest> = {}): PatroniRest {
  return {
    role: node === 'node1' ? 'primary' : 'replica',
    state: 'running',
    timeline: 1,
    replication: node === 'node1' ? undefined : 'streaming',
    position: 1000,
    syncStandby: node === 'node2',
    patroniVersion: '4.0.7',
    serverVersion: '17.6',
    attached: [],
    ...changes,
  };
}

export function redis(node: string, master = 'node1'): RedisInfo {
  return node === master
    ? {
        role: 'master',
        masterAddress: undefined,
        linkUp: undefined,
        syncInProgress: false,
        connectedReplicas: 2,
        offset: 10,
        version: '8.0.2',
      }
    : {
        role: 'slave',
        masterAddress: ADDRESS[master],
        linkUp: true,
        syncInProgress: false,
        connectedReplicas: 0,
        offset: 10,
        version: '8.0.2',
      };
}

export function sentinel(master = 'node1', epoch = 0, flags: readonly string[] = ['master']): SentinelView {
  return { masterAddress: ADDRESS[master], epoch, flags, otherSentinels: 2, replicas: 2, quorum: 2 };
}

export const HAPROXY: readonly HaproxyRow[] = [
  { proxy: 'postgres', name: 'FRONTEND', status: 'OPEN', sessions: 1, check: undefined },
  { proxy: 'postgres', name: 'node1', status: 'UP', sessions: 1, check: 'L7OK' },
  { proxy: 'postgres', name: 'node2', status: 'DOWN', sessions: 0, check: 'L7STS' },
  { proxy: 'postgres', name: 'BACKEND', status: 'UP', sessions: 1, check: undefined },
];

export function server(name: string, changes: Partial<ConsulServer> = {}): ConsulServer {
  return {
    name,
    address: ADDRESS[name]!,
    serf: 'alive',
    voter: true,
    leader: name === 'node1',
    healthy: true,
    version: '1.21.0',
    ...changes,
  };
}

/** Observations that describe a whole cluster: node1 leads everything and holds the VIP. */
export function healthy(at: number): Observation[] {
  const nodes = ALL.flatMap((node): Observation[] => [
    { kind: 'container', at, node, state: 'running', connected: true },
    saw.processes(at, node, services()),
    saw.addresses(at, node, node === 'node1' ? [ADDRESS[node]!, VIP] : [ADDRESS[node]!]),
    saw.pgbouncer(at, node, [ADDRESS['node1']!]),
    saw.client(at, node, { kind: 'served' }),
    saw.patroni(at, node, rest(node)),
    saw.redis(at, node, redis(node)),
    saw.sentinel(at, node, sentinel()),
    saw.haproxy(at, node, HAPROXY),
  ]);
  return [
    ...nodes,
    saw.raftLeader(at, 'node1', ADDRESS['node1']),
    saw.consulServers(
      at,
      ALL.map((name) => server(name)),
      1,
    ),
    saw.consulChecks(at, []),
    saw.patroniKeys(at, 10, keys()),
  ];
}

/** Feeds observations in order; collects the events. */
export function run(
  observations: readonly Observation[],
  from: Reduced = initial('sample', CLUSTER),
): Reduced & { readonly events: readonly Event[] } {
  let reduced = from;
  const events: Event[] = [];
  for (const observation of observations) {
    const next = reduce(reduced, observation);
    events.push(...next.events);
    reduced = next;
  }
  return { ...reduced, events };
}

/** A whole cluster at time 1000, with nothing left to settle. */
export function wholeCluster(): Reduced {
  return run([...healthy(1000), { kind: 'tick', at: 1000 }]);
}

/** Feeds observations to a whole cluster, unless another state is given. */
export function after(
  observations: readonly Observation[],
  from: Reduced = wholeCluster(),
): ReturnType<typeof run> {
  return run(observations, from);
}

/** One service of a node in a state. */
export function service(state: ClusterState, node: string, id: string): ServiceState {
  return state.nodes
    .find(({ name }) => name === node)!
    .services.find((candidate) => candidate.service === id)!;
}

/** Health and reason of a service, as `health: detail`. */
export function said(state: ClusterState, node: string, id: string): string {
  const { health, detail } = service(state, node, id);
  return `${health}: ${String(detail)}`;
}
