import { describe, expect, it } from 'vitest';
import { startedNodes } from '../../../../src/lab/apply/started-nodes';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import type { Snapshot } from '../../../../src/lab/plan/snapshot';
import { PLAN, snapshotOf } from '../plan/sample-snapshot';

/** What changes on the nodes that run: with a new one also the names they know. */
const NAMES = [{ files: [{ path: '/opt/gitlab/etc/hosts' }, { path: '/etc/gitlab/gitlab.rb' }] }];
const SETTINGS = [{ files: [{ path: '/etc/gitlab/gitlab.rb' }] }];

const started = (
  snapshot: Snapshot,
  effects: Parameters<typeof startedNodes>[0]['effects'],
): Record<string, readonly string[]> => {
  const { again, added } = startedNodes({ ...reconcile(PLAN, snapshot), effects }, PLAN);
  return { again: [...again], added: [...added] };
};

/** The snapshot without one container. */
function without(name: string): Snapshot {
  const snapshot = snapshotOf({});
  return { ...snapshot, containers: snapshot.containers.filter((one) => one.name !== name) };
}

describe('what a deployment starts before running nodes have their turn', () => {
  it.each([
    ['nothing in a lab that runs', snapshotOf({}), SETTINGS, [], []],
    ['a node that stood still', snapshotOf({ node3: { state: 'exited' } }), SETTINGS, ['node3'], []],
    ['a node that was frozen', snapshotOf({ node2: { state: 'paused' } }), NAMES, ['node2'], []],
    ['a node that is new to the others', without('sample-node3'), NAMES, [], ['node3']],
    ['a node that was lost and is made anew', without('sample-node3'), SETTINGS, ['node3'], []],
  ])('%s', (_name, snapshot, effects, again, added) => {
    expect(started(snapshot, effects)).toEqual({ again, added });
  });
});
