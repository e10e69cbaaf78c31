import { expect, test } from 'vitest';
import { initial } from '../../../src/observe/reducer';
import type { Cluster } from '../../../src/cluster/cluster';
import { CLUSTER, healthy, run } from './healthy';

/** The cluster with a machine whose part no lab runs, such as one for the application. */
const WITH_IDLE: Cluster = {
  ...CLUSTER,
  nodes: [...CLUSTER.nodes, { name: 'rails1', address: '172.30.0.18' }],
};

test.each([
  ['running', 'ok', 'ok'],
  ['stopped', 'failed', 'degraded'],
] as const)('a node on which the lab runs nothing, %s: %s, and the cluster is %s', (state, health, whole) => {
  const seen = run(
    [
      ...healthy(1000),
      { kind: 'container', at: 1000, node: 'rails1', state, connected: true },
      { kind: 'tick', at: 1000 },
    ],
    initial('sample', WITH_IDLE),
  );
  expect([seen.state.nodes.at(-1)?.health, seen.state.health]).toEqual([health, whole]);
});
