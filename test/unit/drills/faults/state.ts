import { verbatim } from '../../../../src/words/message';
import type { Cluster } from '../../../../src/cluster/cluster';
import { labCluster } from '../../../../src/services/lab-layers';
import { readClusterYaml } from '../../../../src/cluster/cluster-yaml';
import { servicesOn } from '../../../../src/services/placement';
import type { ClusterState, NodeState } from '../../../../src/observe/state';

/** The cluster the states below belong to. */
export function cluster(): Cluster {
  const reading = readClusterYaml(`name: unit
domain: gitlab.example.com
gitlab_version: "19.3"
haproxy_version: "3.0"
dcs: consul
network: { subnet: 172.30.0.0/24, vip: 172.30.0.100 }
nodes:
  - { name: node1, address: 172.30.0.11 }
  - { name: node2, address: 172.30.0.12 }
  - { name: node3, address: 172.30.0.13 }
`);
  if (!reading.cluster) throw new Error(JSON.stringify(reading.findings));
  return labCluster(reading.cluster);
}

/** A whole three-node cluster: node1 leads and holds the VIP, node2 is the synchronous standby and Redis master. */
export function wholeState(changes: Partial<ClusterState> = {}): ClusterState {
  return {
    lab: 'unit',
    at: 1_000,
    health: 'ok',
    nodes: cluster().nodes.map(({ name, address }) => node(name, address)),
    vip: { address: '172.30.0.100', holders: ['node1'] },
    database: {
      leader: 'node1',
      syncStandby: ['node2'],
      timeline: 1,
      streaming: ['node1', 'node2', 'node3'],
    },
    redis: { master: 'node2', replicas: ['node1', 'node3'] },
    consul: { leader: 'node3', voters: ['node1', 'node2', 'node3'] },
    ...changes,
  };
}

function node(name: string, address: string): NodeState {
  return {
    name,
    address,
    container: 'running',
    connected: true,
    holdsVip: name === 'node1',
    health: 'ok',
    services: servicesOn(cluster(), name).map(({ id }) => ({
      service: id,
      health: 'ok',
      process: 'up',
      detail: verbatim('running'),
      facts: {},
    })),
  };
}
