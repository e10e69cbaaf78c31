import type { Cluster } from '../../../src/cluster/cluster';
import { deployedServices } from '../../../src/services/registry';
import { initial, reduce } from '../../../src/observe/reducer';
import type { Reduced } from '../../../src/observe/reducer';
import type { Event } from '../../../src/observe/event';
import type {
  HaproxyRow,
  Observation,
  PatroniKeys,
  PatroniMember,
  PatroniRest,
  RedisInfo,
  RunitStatus,
  SentinelView,
} from '../../../src/observe/observation';
import type { ClusterState, ServiceState } from '../../../src/observe/state';

const ALL = ['node1', 'node2', 'node3'];
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

export const running = (pid = 100): RunitStatus => ({ state: 'run', pid, wanted: 'up' });
export const stopped: RunitStatus = { state: 'down', pid: 0, wanted: 'down' };

export function services(changes: Record<string, RunitStatus> = {}): Record<string, RunitStatus> {
  const up = deployedServices().map(({ id }, index) => [id, running(100 + index)] as const);
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

export function server(name: string, changes: Partial<ServerChange> = {}): ServerChange {
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
type ServerChange = Extract<Observation, { kind: 'consul-servers' }>['servers'][number];

/** Observations that describe a whole cluster: node1 leads everything and holds the VIP. */
export function healthy(at: number): Observation[] {
  const nodes = ALL.flatMap((node): Observation[] => [
    { kind: 'container', at, node, state: 'running', connected: true },
    { kind: 'services', at, node, services: services() },
    { kind: 'addresses', at, node, addresses: node === 'node1' ? [ADDRESS[node]!, VIP] : [ADDRESS[node]!] },
    { kind: 'pgbouncer', at, node, hosts: [ADDRESS['node1']!] },
    { kind: 'patroni', at, node, answer: rest(node) },
    { kind: 'redis', at, node, info: redis(node) },
    { kind: 'sentinel', at, node, view: sentinel() },
    { kind: 'haproxy', at, node, rows: HAPROXY },
  ]);
  return [
    ...nodes,
    { kind: 'consul-leader', at, via: 'node1', address: ADDRESS['node1'] },
    { kind: 'consul-servers', at, servers: ALL.map((name) => server(name)), failureTolerance: 1 },
    { kind: 'consul-checks', at, checks: [] },
    { kind: 'patroni-keys', at, index: 10, keys: keys() },
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
  return `${health}: ${detail}`;
}
