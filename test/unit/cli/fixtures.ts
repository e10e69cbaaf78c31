import { verbatim } from '../../../src/words/message';
import type { Cluster } from '../../../src/cluster/cluster';
import { LAYERS } from '../../../src/cluster/layer';
import type { LayerId } from '../../../src/cluster/layer';
import type { LayerPlacement } from '../../../src/cluster/cluster';
import type { ServiceId } from '../../../src/services/registry';
import type { LabInfo } from '../../../src/lab/lab-service';
import type { ClusterState, NodeState, Role, ServiceState } from '../../../src/observe/state';

export const NODES = ['node1', 'node2', 'node3'];
const DEPLOYED: readonly LayerId[] = ['coordination', 'database', 'cache', 'access'];

export function cluster(name = 'sample'): Cluster {
  const layers = Object.fromEntries(
    LAYERS.map(({ id }): [LayerId, LayerPlacement] => [
      id,
      { enabled: DEPLOYED.includes(id), nodes: DEPLOYED.includes(id) ? NODES : [] },
    ]),
  ) as Record<LayerId, LayerPlacement>;
  return {
    name,
    domain: 'gitlab.example.com',
    gitlabVersion: '19.3',
    haproxyVersion: '3.0',
    dcs: 'consul',
    subnet: '172.30.7.0/24',
    vip: '172.30.7.100',
    nodes: NODES.map((node, index) => ({ name: node, address: `172.30.7.1${index + 1}` })),
    layers,
    lab: { profile: 'core', timings: 'fast', memoryMb: 1024, cpus: 0, httpPort: 0 },
  };
}

export const T0 = Date.UTC(2026, 10, 22, 12, 0, 0);

export function labInfo(overrides: Partial<LabInfo> = {}): LabInfo {
  const name = overrides.name ?? 'sample';
  return {
    name,
    phase: 'running',
    cluster: cluster(name),
    addresses: {
      '10.0.0.11': '172.30.7.11',
      '10.0.0.12': '172.30.7.12',
      '10.0.0.13': '172.30.7.13',
      '10.0.0.100': '172.30.7.100',
    },
    containers: [
      ...NODES.map((node) => ({ node, role: 'node' as const, id: `${node}-id`, state: 'running' as const })),
      { node: 'gateway', role: 'gateway', id: 'gateway-id', state: 'running' },
    ],
    httpUrl: 'http://127.0.0.1:32768/',
    versions: { consul: '1.8.7', postgresql: '17.6', patroni: '4.0.6', redis: '8.0.2', sentinel: '8.0.2' },
    createdAt: T0,
    ...overrides,
  };
}

const ROLES: Readonly<Record<string, readonly (Role | undefined)[]>> = {
  consul: ['voter', 'voter', 'leader'],
  patroni: ['sync-standby', 'leader', 'replica'],
  pgbouncer: [undefined, undefined, undefined],
  redis: ['master', 'replica', 'replica'],
  sentinel: ['member', 'member', 'member'],
  haproxy: [undefined, undefined, undefined],
  keepalived: ['active', 'backup', 'backup'],
};

function serviceState(id: string, index: number): ServiceState {
  const role = ROLES[id]?.[index];
  return {
    service: id as ServiceId,
    health: 'ok',
    ...(role === undefined ? {} : { role }),
    process: 'up',
    detail: verbatim(`${id} answers`),
    facts: {},
  };
}

function nodeState(name: string, index: number): NodeState {
  return {
    name,
    address: `172.30.7.1${index + 1}`,
    container: 'running',
    connected: true,
    holdsVip: index === 0,
    servers: { taking: ['pgbouncer/node1', 'pgbouncer/node2'], down: ['redis_master/node2'] },
    health: 'ok',
    services: Object.keys(ROLES).map((id) => serviceState(id, index)),
  };
}

/** Everything healthy: node2 leads the database, node1 is Redis master and holds the VIP, node3 leads Consul. */
export function healthyState(): ClusterState {
  return {
    lab: 'sample',
    at: T0,
    health: 'ok',
    nodes: NODES.map(nodeState),
    vip: { address: '172.30.7.100', holders: ['node1'] },
    database: { leader: 'node2', syncStandby: ['node1'], timeline: 3, streaming: NODES },
    redis: { master: 'node1', replicas: ['node2', 'node3'] },
    consul: { leader: 'node3', voters: NODES },
  };
}

/** The state before the first observation. */
export function unknownState(): ClusterState {
  return {
    lab: 'sample',
    at: 0,
    health: 'unknown',
    nodes: NODES.map((name, index) => {
      const { address, services } = nodeState(name, index);
      return {
        name,
        address,
        container: 'unknown',
        connected: undefined,
        holdsVip: undefined,
        health: 'unknown',
        services: services.map(({ service }) => ({
          service,
          health: 'unknown',
          process: 'unknown',
          detail: verbatim('not observed yet'),
          facts: {},
        })),
      };
    }),
    vip: { address: '172.30.7.100', holders: [] },
    database: { leader: undefined, syncStandby: [], timeline: undefined, streaming: [] },
    redis: { master: undefined, replicas: [] },
    consul: { leader: undefined, voters: [] },
  };
}

/** node2 is paused: its services are unknown, node1 leads without a standby yet. */
export function pausedState(): ClusterState {
  const healthy = healthyState();
  return {
    ...healthy,
    health: 'degraded',
    nodes: healthy.nodes.map((node) =>
      node.name === 'node2'
        ? {
            ...node,
            container: 'paused',
            health: 'unknown',
            services: node.services.map(({ service }) => ({
              service,
              health: 'unknown',
              process: 'unknown',
              detail: verbatim('the node is paused'),
              facts: {},
            })),
          }
        : node,
    ),
    database: { leader: 'node1', syncStandby: [], timeline: 4, streaming: ['node1', 'node3'] },
  };
}

/** A lab that runs the application too. */
export function applicationLab(overrides: Partial<LabInfo> = {}): LabInfo {
  const lab = labInfo(overrides);
  const application = { enabled: true, nodes: NODES };
  const objects = { enabled: true, nodes: [] };
  return { ...lab, cluster: { ...lab.cluster, layers: { ...lab.cluster.layers, application, objects } } };
}

/** The same lab, in which nobody has the virtual address. */
export function withoutAccess(lab: LabInfo): LabInfo {
  const access = { enabled: false, nodes: NODES };
  return { ...lab, cluster: { ...lab.cluster, layers: { ...lab.cluster.layers, access } } };
}
