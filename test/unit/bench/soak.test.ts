import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../src/drills/faults/fault';
import { SOAK_FAULTS } from '../../bench/soak/faults';
import { scheduleOf } from '../../bench/soak/schedule';
import { brokenPromises, soakTable } from '../../bench/soak/report';
import type { SoakRun } from '../../bench/soak/report';
import { sampleCluster } from '../lab/render/sample-context';

const ids = (seed: number): readonly string[] => scheduleOf(SOAK_FAULTS, seed).map(({ fault }) => fault.id);
const cost = { longestGapMs: 1_300, acknowledged: 200, lost: 0 };
const runOf = (id: string, change: Partial<SoakRun> = {}): SoakRun => {
  const fault = SOAK_FAULTS.find((one) => one.id === id);
  if (!fault) throw new Error(`no fault ${id}`);
  const redis = { ...cost, longestGapMs: 200 };
  return { fault, postgres: cost, redis, told: false, wholeMs: 2_800, ...change };
};

describe('the order of a soak', () => {
  it('has sixty faults, every one that is offered for the sample among them', () => {
    expect(ids(42)).toHaveLength(60);
    expect(ids(42)).toEqual(expect.arrayContaining(faultsOf(sampleCluster()).map(({ id }) => id)));
  });

  it('is the same for the same seed, and has the same faults for another', () => {
    expect(ids(42)).toEqual(ids(42));
    expect(ids(7)).not.toEqual(ids(42));
    expect([...ids(7)].sort()).toEqual([...ids(42)].sort());
  });
});

describe('what a soak tells', () => {
  it('has a row per kind of fault, with all its runs', () => {
    const runs = [
      runOf('kill-node'),
      runOf('all-killed', { redis: { ...cost, lost: 18 } }),
      runOf('kill-node'),
    ];
    expect(soakTable(runs).split('\n').slice(2)).toEqual([
      '| kill-node | 1.3, 1.3 | 0.2, 0.2 | 0, 0 | 0, 0 | 2.8, 2.8 |',
      '| all-killed | 1.3 | 1.3 | 0 | 18 | 2.8 |',
      '',
      '3 faults. PostgreSQL: 0 of 600 acknowledged rows lost.',
      'Redis: 18 of 600 acknowledged writes lost.',
    ]);
  });

  it.each<[string, SoakRun, readonly string[]]>([
    ['nothing when all was kept', runOf('kill-node'), []],
    [
      'nothing of a loss that Redis is known for',
      runOf('all-killed', { redis: { ...cost, lost: 18 }, told: true }),
      [],
    ],
    [
      'rows that are lost',
      runOf('all-killed', { postgres: { ...cost, lost: 1 } }),
      ['all-killed: 1 acknowledged rows lost'],
    ],
    [
      'a loss of Redis nobody was told of',
      runOf('kill-node', { redis: { ...cost, lost: 2 } }),
      ['kill-node: 2 acknowledged Redis writes lost, and nothing tells that it may'],
    ],
    [
      'a cluster that takes too long',
      runOf('kill-node', { wholeMs: 61_300 }),
      ['kill-node: whole after 61.3 s only'],
    ],
    [
      'a fault that did not come to its end',
      runOf('kill-node', { failed: 'not whole within 240 s' }),
      ['kill-node: not whole within 240 s'],
    ],
  ])('%s', (_, run, sentences) => {
    expect(brokenPromises([run])).toEqual(sentences);
  });
});
