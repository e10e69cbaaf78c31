import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/cluster/cluster';
import { placementOf } from '../../../src/observe/placement';
import { initial, reduce } from '../../../src/observe/reducer';
import { ADDRESS, CLUSTER, healthy } from './healthy';

describe('the placement of a cluster', () => {
  it('is what its layers say, in start order and in the order of its nodes', () => {
    const cache = { enabled: true, nodes: ['node3', 'node1'] };
    const access = { enabled: false, nodes: ['node1', 'node2', 'node3'] };
    const placement = placementOf({ ...CLUSTER, layers: { ...CLUSTER.layers, cache, access } });
    expect(placement.nodes).toEqual(['node1', 'node2', 'node3']);
    expect(placement.servicesOn('node2')).toEqual(['consul', 'patroni', 'pgbouncer']);
    expect(placement.servicesOn('node3')).toEqual(['consul', 'patroni', 'pgbouncer', 'redis', 'sentinel']);
    expect(placement.servicesOn('nobody')).toEqual([]);
    expect(placement.nodesOf('redis')).toEqual(['node1', 'node3']);
    expect(placement.nodesOf('haproxy')).toEqual([]);
    expect(placement.nodeAt(ADDRESS['node2'])).toBe('node2');
    expect(placement.nodeAt('10.9.9.9')).toBeUndefined();
    expect(placement.nodeAt(undefined)).toBeUndefined();
  });

  it('is read once, not with every observation', () => {
    let reads = 0;
    const counted: Cluster = {
      ...CLUSTER,
      get layers() {
        reads += 1;
        return CLUSTER.layers;
      },
    };
    const begin = initial('sample', counted);
    expect(reads).toBeGreaterThan(0);
    reads = 0;
    let reduced = begin;
    for (const observation of healthy(1000)) reduced = reduce(reduced, observation);
    expect(reduced.state.health).toBe('ok');
    expect(reads).toBe(0);
  });
});
