import { describe, expect, it } from 'vitest';
import { startedNodes } from '../../../../src/lab/apply/started-nodes';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import type { Snapshot } from '../../../../src/lab/plan/snapshot';
import { PLAN, snapshotOf } from '../plan/sample-snapshot';

const started = (snapshot: Snapshot): Record<string, readonly string[]> => {
  const { again, added } = startedNodes(reconcile(PLAN, snapshot), PLAN);
  return { again: [...again], added: [...added] };
};

/** The snapshot without one container. */
function without(name: string): Snapshot {
  const snapshot = snapshotOf({});
  return { ...snapshot, containers: snapshot.containers.filter((one) => one.name !== name) };
}

describe('what a deployment starts before running nodes have their turn', () => {
  it.each([
    ['nothing in a lab that runs', snapshotOf({}), { again: [], added: [] }],
    ['a node that stood still', snapshotOf({ node3: { state: 'exited' } }), { again: ['node3'], added: [] }],
    ['a node that was frozen', snapshotOf({ node2: { state: 'paused' } }), { again: ['node2'], added: [] }],
    ['a node that is new', without('sample-node3'), { again: [], added: ['node3'] }],
  ])('%s', (_name, snapshot, expected) => {
    expect(started(snapshot)).toEqual(expected);
  });
});
