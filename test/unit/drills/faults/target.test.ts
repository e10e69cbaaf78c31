import { describe, expect, it } from 'vitest';
import { FAULTS, fault } from '../../../../src/drills/faults/fault';
import type { FaultId } from '../../../../src/drills/faults/fault';
import { aimTitle, targetOf } from '../../../../src/drills/faults/target';
import { wholeState } from './state';

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
    ]);
  });
});

describe('the list of faults', () => {
  it('has unique ids and a sentence each', () => {
    expect(new Set(FAULTS.map((one) => one.id)).size).toBe(FAULTS.length);
    for (const one of FAULTS) expect(one.description).toMatch(/\.$/);
  });
});
