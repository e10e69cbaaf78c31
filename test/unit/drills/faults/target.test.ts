import { describe, expect, it } from 'vitest';
import { FAULTS, fault, faultsOf } from '../../../../src/drills/faults/fault';
import type { FaultId } from '../../../../src/drills/faults/fault';
import { aimTitle, targetOf } from '../../../../src/drills/faults/target';
import { cluster, wholeState } from './state';

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
    expect(ids('etcd')).toEqual(FAULTS.map(({ id }) => id));
  });

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
    ]);
  });
});

describe('the list of faults', () => {
  it('has unique ids and a sentence each', () => {
    expect(new Set(FAULTS.map((one) => one.id)).size).toBe(FAULTS.length);
    for (const one of FAULTS) expect(one.description).toMatch(/\.$/);
  });
});
