import type { ClusterState, NodeState } from '../../../../src/observe/state';

/** A whole three-node cluster: node1 leads and holds the VIP, node2 is the synchronous standby and Redis master. */
export function wholeState(changes: Partial<ClusterState> = {}): ClusterState {
  return {
    lab: 'unit',
    at: 1_000,
    health: 'ok',
    nodes: ['node1', 'node2', 'node3'].map((name, index) =>
      node(name, `172.30.0.${11 + index}`, name === 'node1'),
    ),
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

function node(name: string, address: string, holdsVip: boolean): NodeState {
  return { name, address, container: 'running', connected: true, holdsVip, health: 'ok', services: [] };
}
