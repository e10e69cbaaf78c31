import { describe, expect, test } from 'vitest';
import { readClusterYaml } from '../../../src/cluster/cluster-yaml';
import { placementOf } from '../../../src/observe/placement';
import { labCluster } from '../../../src/services/lab-layers';
import { servicesOn } from '../../../src/services/placement';
import { defaultSettings } from '../../../src/services/settings';
import { GOOD } from '../cluster/sample';

function clusterWith(layers: string) {
  const text = GOOD.replace(
    /layers:\n[^]*?(?=lab:)/,
    `  - { name: node4, address: 172.30.0.14 }\nlayers:\n${layers}`,
  );
  const { cluster, findings } = readClusterYaml(text);
  expect(findings).toEqual([]);
  if (cluster === undefined) throw new Error('no cluster');
  return labCluster(cluster);
}

describe('who votes, and who only asks', () => {
  const cluster = clusterWith(
    '  coordination: { nodes: [node1, node2, node4] }\n  database: { nodes: [node1, node3] }\n  cache: { nodes: [node1, node2], voters: [node4] }\n  access: { nodes: [node2] }\n',
  );

  test.each([
    ['node1', ['consul', 'patroni', 'pgbouncer', 'redis', 'sentinel', 'redis-exporter']],
    ['node2', ['consul', 'redis', 'sentinel', 'haproxy', 'keepalived', 'redis-exporter']],
    ['node3', ['consul', 'patroni', 'pgbouncer']],
    ['node4', ['consul', 'sentinel']],
  ])('%s runs %j', (node, services) => {
    expect(servicesOn(cluster, node).map(({ id }) => id)).toEqual(services);
  });

  test('an agent is no server, neither by its settings nor for what makes the cluster whole', () => {
    const servers = cluster.nodes.map((node) => defaultSettings(cluster, node).consul.server);
    expect(servers).toEqual([true, true, false, true]);
    const placement = placementOf(cluster);
    expect(placement.nodesOf('consul')).toEqual(['node1', 'node2', 'node3', 'node4']);
    expect(placement.membersOf('consul')).toEqual(['node1', 'node2', 'node4']);
  });

  test('the voter counts for the majority of the Sentinels, and is no Redis', () => {
    const settings = cluster.nodes.map((node) => defaultSettings(cluster, node));
    expect(settings.map(({ sentinel }) => sentinel.quorum)).toEqual([2, 2, 2, 2]);
    expect(placementOf(cluster).nodesOf('redis')).toEqual(['node1', 'node2']);
    expect(placementOf(cluster).membersOf('sentinel')).toEqual(['node1', 'node2', 'node4']);
  });
});

describe('PgBouncer on machines of its own', () => {
  const cluster = clusterWith(
    '  coordination: { nodes: [node1, node2, node3] }\n  database: { nodes: [node1, node2], poolers: [node4] }\n  cache: { enabled: false }\n  access: { nodes: [node4] }\n',
  );

  test.each([
    ['node1', ['consul', 'patroni']],
    ['node2', ['consul', 'patroni']],
    ['node3', ['consul']],
    ['node4', ['consul', 'pgbouncer', 'haproxy', 'keepalived']],
  ])('%s runs %j', (node, services) => {
    expect(servicesOn(cluster, node).map(({ id }) => id)).toEqual(services);
  });

  test('the agent beside it has no vote', () => {
    expect(cluster.nodes.map((node) => defaultSettings(cluster, node).consul.server)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(placementOf(cluster).membersOf('pgbouncer')).toEqual(['node4']);
  });
});
