import { verbatim } from '../../../../src/words/message';
import { LAYERS } from '../../../../src/cluster/layer';
import type { LayerId } from '../../../../src/cluster/layer';
import type { Cluster } from '../../../../src/cluster/cluster';
import { labCluster } from '../../../../src/services/lab-layers';
import type { LabInfo } from '../../../../src/lab/lab-service';
import { deployedServices } from '../../../../src/services/registry';
import type { ServiceId } from '../../../../src/services/registry';
import type { ClusterState, NodeState, Role, ServiceState } from '../../../../src/observe/state';

/** What vscode.l10n does without a translation. */
export { ENGLISH as english } from '../../../../src/presentation/words/localizer';

const NODES = ['node1', 'node2', 'node3'] as const;

export function cluster(name = 'sample'): Cluster {
  const placement = { enabled: true, nodes: NODES };
  return labCluster({
    name,
    domain: 'gitlab.example.com',
    gitlabVersion: '19.3',
    haproxyVersion: '3.0',
    dcs: 'consul',
    subnet: '172.30.7.0/24',
    vip: '172.30.7.100',
    nodes: NODES.map((node, index) => ({ name: node, address: `172.30.7.1${index + 1}` })),
    layers: Object.fromEntries(LAYERS.map((layer) => [layer.id, placement])) as unknown as Record<
      LayerId,
      typeof placement
    >,
    lab: { profile: 'core', timings: 'fast', memoryMb: 1024, cpus: 0, httpPort: 0 },
  });
}

export function lab(name = 'sample', change: Partial<LabInfo> = {}): LabInfo {
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
      ...NODES.map((node) => ({
        node,
        role: 'node' as const,
        id: `${name}-${node}`,
        state: 'running' as const,
      })),
      { node: 'gateway', role: 'gateway', id: `${name}-gateway`, state: 'running' },
    ],
    httpUrl: 'http://127.0.0.1:8080',
    versions: { PostgreSQL: '17.6', Consul: '1.8.7' },
    createdAt: 1_700_000_000_000,
    ...change,
  };
}

const ROLES: Readonly<Partial<Record<ServiceId, readonly [Role, Role, Role]>>> = {
  consul: ['leader', 'voter', 'voter'],
  patroni: ['leader', 'sync-standby', 'replica'],
  redis: ['master', 'replica', 'replica'],
  keepalived: ['active', 'backup', 'backup'],
};

/** A cluster in which everything is well and node1 leads everywhere. */
export function healthy(
  name = 'sample',
  changeNode: (node: NodeState) => NodeState = (node) => node,
): ClusterState {
  const nodes = NODES.map((node, index): NodeState => {
    const services = deployedServices().map((service): ServiceState => {
      const role = ROLES[service.id]?.[index];
      const state = {
        service: service.id,
        health: 'ok',
        process: 'up',
        detail: verbatim('running'),
        facts: {},
      } as const;
      return role ? { ...state, role } : state;
    });
    return changeNode({
      name: node,
      address: `172.30.7.1${index + 1}`,
      container: 'running',
      connected: true,
      holdsVip: index === 0,
      health: 'ok',
      services,
    });
  });
  return {
    lab: name,
    at: 1_700_000_001_000,
    health: nodes.every((node) => node.health === 'ok') ? 'ok' : 'degraded',
    nodes,
    vip: { address: '172.30.7.100', holders: ['node1'] },
    database: {
      leader: 'node1',
      syncStandby: ['node2'],
      timeline: 1,
      streaming: ['node1', 'node2', 'node3'],
    },
    redis: { master: 'node1', replicas: ['node2', 'node3'] },
    consul: { leader: 'node1', voters: ['node1', 'node2', 'node3'] },
  };
}

/** The same node with one of its services changed. */
export function withService(node: NodeState, service: ServiceId, change: Partial<ServiceState>): NodeState {
  return {
    ...node,
    health: 'degraded',
    services: node.services.map((state) => (state.service === service ? { ...state, ...change } : state)),
  };
}
