import { describe, expect, it } from 'vitest';
import { FAULTS, fault, faultsOf } from '../../../../src/drills/faults/fault';
import type { FaultId } from '../../../../src/drills/faults/fault';
import { aimTitle, targetOf } from '../../../../src/drills/faults/target';
import type { Cluster } from '../../../../src/cluster/cluster';
import type { LayerId } from '../../../../src/cluster/layer';
import type { ClusterState } from '../../../../src/observe/state';
import { verbatim } from '../../../../src/words/message';
import { cluster, wholeState } from './state';

/** The cluster with layers switched on or off, each on the nodes that the database has, and the object store beside them. */
function withLayers(changed: Partial<Record<LayerId, boolean>>): Cluster {
  const base = cluster();
  const nodes = base.nodes.map(({ name }) => name);
  const layers = Object.fromEntries(
    Object.entries(changed).map(([layer, enabled]) => [layer, { enabled, nodes }]),
  );
  const outside = [{ name: 'object-storage', address: '172.30.0.240' }];
  return { ...base, layers: { ...base.layers, ...layers }, ...(changed.objects === true && { outside }) };
}

describe('the node a fault is aimed at', () => {
  it.each<[FaultId, string]>([
    ['kill-postgres', 'node1'],
    ['kill-node', 'node1'],
    ['pause-node', 'node1'],
    ['cut-node', 'node1'],
    ['kill-redis', 'node2'],
    ['stop-haproxy', 'node1'],
    ['pause-vip-holder', 'node1'],
  ])('%s hits %s', (id, expected) => {
    expect(targetOf(fault(id), wholeState())).toBe(expected);
  });

  it.each<FaultId>(['kill-etcd', 'kill-etcd-node'])('%s hits who leads etcd, where there is one', (id) => {
    expect(targetOf(fault(id), wholeState())).toBeUndefined();
    const etcd = { leader: 'node2', voters: ['node1', 'node2', 'node3'] };
    expect(targetOf(fault(id), wholeState({ etcd }))).toBe('node2');
  });

  it('offers those of etcd only where etcd runs', () => {
    const ids = (dcs: 'consul' | 'etcd'): readonly string[] =>
      faultsOf({ ...cluster(), dcs }).map(({ id }) => id);
    const own = ['kill-etcd', 'kill-etcd-node'];
    expect(ids('etcd')).toEqual([...ids('consul'), ...own]);
  });

  it.each<[Partial<Record<LayerId, boolean>>, readonly string[]]>([
    [{ git: true }, ['stop-gitaly', 'kill-gitaly', 'freeze-gitaly', 'kill-praefect']],
    [{ application: true }, ['kill-puma', 'stop-nginx', 'kill-workhorse', 'kill-sidekiq', 'kill-sshd']],
    [{ objects: true }, ['kill-object-store', 'stop-object-store', 'cut-object-store']],
  ])('offers those of %j only where that runs', (changed, own) => {
    const before = faultsOf(cluster()).map(({ id }) => id);
    expect(before.filter((id) => own.includes(id))).toEqual([]);
    expect(faultsOf(withLayers(changed)).map(({ id }) => id)).toEqual([...before, ...own]);
  });

  it('offers nothing of a layer that is switched off', () => {
    const all = ['git', 'application', 'objects', 'database', 'cache', 'access'] as const;
    const only = (layer: LayerId): Partial<Record<LayerId, boolean>> =>
      Object.fromEntries(all.map((one) => [one, one === layer]));
    const ids = (layer: LayerId): readonly string[] => faultsOf(withLayers(only(layer))).map(({ id }) => id);
    expect(ids('objects')).toEqual(['kill-object-store', 'stop-object-store', 'cut-object-store']);
    expect(ids('cache')).toEqual(['kill-redis']);
    expect(ids('access')).toEqual(['stop-haproxy', 'pause-vip-holder']);
    expect(ids('database')).toEqual(['kill-postgres', 'kill-node', 'pause-node', 'cut-node']);
  });

  it.each<FaultId>(['stop-gitaly', 'kill-gitaly', 'freeze-gitaly'])(
    '%s hits the Gitaly that takes the writes of most repositories',
    (id) => {
      const homes = { 'gitaly-1': 'node1', 'gitaly-2': 'node2', 'gitaly-3': 'node3' };
      const git = (primaries: Record<string, number>, at: Record<string, string> = homes) => {
        const repositories = { repositories: 4, behind: 0, unavailable: 0, primaries };
        return targetOf(fault(id), wholeState({ git: { repositories, homes: at } }));
      };
      expect(git({ 'gitaly-1': 1, 'gitaly-3': 3 })).toBe('node3');
      expect(git({ 'gitaly-3': 2, 'gitaly-2': 2 })).toBe('node2');
      expect(git({ elsewhere: 3, 'gitaly-1': 1 })).toBe('node1');
      expect(git({})).toBeUndefined();
      expect(git({ 'gitaly-1': 1 }, {})).toBeUndefined();
      expect(targetOf(fault(id), wholeState())).toBeUndefined();
    },
  );

  it.each<[FaultId, 'praefect' | 'puma']>([
    ['kill-praefect', 'praefect'],
    ['kill-puma', 'puma'],
    ['stop-nginx', 'puma'],
    ['kill-workhorse', 'puma'],
    ['kill-sidekiq', 'puma'],
    ['kill-sshd', 'puma'],
  ])('%s hits the holder of the virtual address where %s is well, else the first', (id, service) => {
    const well = (...names: readonly string[]): ClusterState =>
      wholeState({
        vip: { address: '172.30.0.100', holders: ['node2'] },
        nodes: wholeState().nodes.map((node) => {
          const health = names.includes(node.name) ? 'ok' : 'failed';
          const one = { service, health, process: 'up', detail: verbatim('it runs'), facts: {} } as const;
          return { ...node, services: [...node.services, one] };
        }),
      });
    expect(targetOf(fault(id), well('node1', 'node2', 'node3'))).toBe('node2');
    expect(targetOf(fault(id), well('node1', 'node3'))).toBe('node1');
    expect(targetOf(fault(id), well())).toBeUndefined();
  });

  it.each<FaultId>(['kill-object-store', 'stop-object-store', 'cut-object-store'])(
    '%s hits the machine outside the nodes',
    (id) => {
      const [node1] = wholeState().nodes;
      const store = { ...node1!, name: 'object-storage', services: [] };
      expect(targetOf(fault(id), wholeState({ nodes: [store] }))).toBe('object-storage');
      expect(targetOf(fault(id), wholeState())).toBeUndefined();
    },
  );

  it('follows the leader', () => {
    const state = wholeState();
    const moved = { ...state, database: { ...state.database, leader: 'node3' } };
    expect(targetOf(fault('kill-node'), moved)).toBe('node3');
  });

  it.each<[FaultId, Parameters<typeof wholeState>[0]]>([
    ['kill-node', { database: { leader: undefined, syncStandby: [], timeline: undefined, streaming: [] } }],
    ['kill-redis', { redis: { master: undefined, replicas: [] } }],
    ['stop-haproxy', { vip: { address: '172.30.0.100', holders: [] } }],
    ['pause-vip-holder', { vip: { address: '172.30.0.100', holders: ['node1', 'node2'] } }],
  ])('%s has no target when the state does not single one out', (id, changes) => {
    expect(targetOf(fault(id), wholeState(changes))).toBeUndefined();
  });

  it('has a name for every aim', () => {
    expect([...new Set(FAULTS.map((one) => aimTitle(one.aim).toString()))]).toEqual([
      'database leader',
      'Redis master',
      'VIP holder',
      'etcd leader',
      'Gitaly with the most primaries',
      'a node with Praefect',
      'a node of the application',
      'object store',
    ]);
  });
});

describe('the list of faults', () => {
  it('has unique ids and a sentence each', () => {
    expect(new Set(FAULTS.map((one) => one.id)).size).toBe(FAULTS.length);
    for (const one of FAULTS) expect(one.description).toMatch(/\.$/);
  });
});
