import { describe, expect, test } from 'vitest';
import { decideChanges } from '../../../../src/lab/plan/changes';
import { holdersOf, lostLayer } from '../../../../src/lab/plan/holders';
import type { Holders } from '../../../../src/lab/plan/holders';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import { clusterOf } from './sample-workspace';
import { PLAN, snapshotOf } from './sample-snapshot';
import type { Difference } from './sample-snapshot';

const MACHINES = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'];
const BEFORE: Holders = { coordination: ['m1', 'm2', 'm3'], database: ['m4', 'm5'], cache: ['m6', 'm7'] };

describe('the layer whose data would be lost', () => {
  test.each<[string, Holders, readonly string[], string | undefined]>([
    ['none where all go on', BEFORE, MACHINES, undefined],
    ['none where one of two databases is made anew', BEFORE, ['m1', 'm2', 'm3', 'm5', 'm6', 'm7'], undefined],
    ['the database where both are', BEFORE, ['m1', 'm2', 'm3', 'm6', 'm7'], 'database'],
    [
      'the database where both have other names',
      { ...BEFORE, database: ['db1', 'db2'] },
      MACHINES,
      'database',
    ],
    [
      'the database where it moves to other nodes',
      { ...BEFORE, database: ['m6', 'm7'] },
      MACHINES,
      'database',
    ],
    ['none where it moves on by one node', { ...BEFORE, database: ['m5', 'm6'] }, MACHINES, undefined],
    ['Redis where all of it moves', { ...BEFORE, cache: ['m1', 'm2'] }, MACHINES, 'cache'],
    ['none where one of three voters is made anew', BEFORE, MACHINES.slice(1), undefined],
    ['who leads where two of three voters are', BEFORE, MACHINES.slice(2), 'coordination'],
    [
      'who leads where two of three voters become others',
      { ...BEFORE, coordination: ['m3', 'm4', 'm5'] },
      MACHINES,
      'coordination',
    ],
    ['none where voters join', { ...BEFORE, coordination: MACHINES }, MACHINES, undefined],
    ['none of a layer that is to run no more', { coordination: ['m1', 'm2', 'm3'] }, MACHINES, undefined],
    ['none of a layer that joins', { ...BEFORE, git: ['m1', 'm2', 'm3'] }, MACHINES, undefined],
  ])('%s', (_name, after, keep, lost) => {
    expect(lostLayer(BEFORE, after, MACHINES, keep)).toBe(lost);
  });

  test('none where it is gone already, or never was', () => {
    const others = ['m1', 'm2', 'm3', 'm6', 'm7'];
    expect(lostLayer(BEFORE, { ...BEFORE, database: ['db1', 'db2'] }, others, others)).toBeUndefined();
    expect(lostLayer({}, BEFORE, MACHINES, [])).toBeUndefined();
  });
});

test('who votes and holds no data is no holder, nor is a layer one that is off', () => {
  const { layers } = clusterOf('10.6.0.0/24', ['10.6.0.11', '10.6.0.12', '10.6.0.13'], '10.6.0.100');
  const cache = { enabled: true, nodes: ['node1', 'node2'], voters: ['node3'] };
  const placed = { ...layers, cache, git: { enabled: false, nodes: ['node1'] } };
  expect(holdersOf({ layers: placed })).toEqual({
    coordination: ['node1', 'node2', 'node3'],
    database: ['node1', 'node2', 'node3'],
    cache: ['node1', 'node2'],
  });
});

describe('a lab with the database on one node of three, which is made anew while a majority goes on', () => {
  const holders = { ...PLAN.holders, database: ['node1'] };
  const plan = { ...PLAN, holders };
  const made = (node1: Difference) => snapshotOf({ node1 }, { recordedHolders: holders });

  test('is made anew as a whole, and that is told as a loss', () => {
    const snapshot = made({ shapeHash: 'other' });
    const kinds = decideChanges(plan, snapshot).map(({ change }) => change.kind);
    expect(kinds).toEqual(['recreate', 'recreate', 'recreate', 'keep']);
    const { losses } = reconcile(plan, snapshot);
    expect(losses.map(({ target }) => target)).toEqual(['sample-node1', 'sample-node2', 'sample-node3']);
    expect(losses.map(({ cause }) => String(cause))[1]).toBe(
      'too few of the nodes that have the data of layer database would go on with it',
    );
  });

  test('stays as it is where only files change', () => {
    const { losses } = reconcile(plan, made({ applied: { hash: 'other', paths: [] } }));
    expect(losses).toEqual([]);
  });
});
