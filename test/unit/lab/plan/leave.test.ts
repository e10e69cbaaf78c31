import { describe, expect, it } from 'vitest';
import type { HandOverStep } from '../../../../src/lab/plan/effects/visits';
import { reconcile } from '../../../../src/lab/plan/reconcile';
import type { Snapshot } from '../../../../src/lab/plan/snapshot';
import { foresightOf } from '../../../../src/presentation/foresight/foresight';
import { PLAN, snapshotOf } from './sample-snapshot';
import type { Difference } from './sample-snapshot';

const OTHER_SHAPE = { shapeHash: 'other' };

/** A node that the plan does not know: it was taken out, or has another name now. */
function withNode4(differences: Readonly<Record<string, Difference>>, node4: Difference = {}): Snapshot {
  const snapshot = snapshotOf(differences);
  const [first] = snapshotOf().containers;
  if (!first || node4 === 'missing') return snapshot;
  const extra = { ...first, id: 'node4', name: 'sample-node4', node: 'node4', ...node4 };
  return { ...snapshot, containers: [...snapshot.containers, extra] };
}

function plan(snapshot: Snapshot, roles: Readonly<Record<string, readonly string[]>>) {
  const leading = new Map(Object.entries(roles));
  return { leading, effects: [], ...reconcile(PLAN, snapshot, { effects: [], leading }) };
}

function stepText({ target, notTo = [] }: HandOverStep): string {
  return notTo.length === 0 ? target : `${target} not to ${notTo.join(', ')}`;
}

/** What takes something away or prepares it: id, what is done, what comes before. */
function orders(snapshot: Snapshot, roles: Readonly<Record<string, readonly string[]>>): string[] {
  return plan(snapshot, roles).operations.flatMap(({ id, action, needs, cause }) => {
    const after = needs.length > 0 ? ` after ${needs.join(', ')}` : '';
    if (action.kind === 'relieve-node')
      return [`${id}: ${action.steps.map(stepText).join(', ')} because ${String(cause)}${after}`];
    if (action.kind === 'remove-container') return [`${id}${action.endsFirst ? ' in order' : ''}${after}`];
    return action.kind === 'stop-container' ? [`${id}${after}`] : [];
  });
}

describe('a node that goes while others stay', () => {
  it.each<[string, Snapshot, Readonly<Record<string, readonly string[]>>, readonly string[]]>([
    [
      'hands over what it leads before it ends',
      withNode4({}),
      { node4: ['patroni', 'redis'] },
      [
        'relieve-node sample-node4: patroni, redis because it leads (patroni, redis) and goes',
        'remove-container sample-node4 in order after relieve-node sample-node4',
      ],
    ],
    [
      'ends in order also where it leads nothing',
      withNode4({}),
      { node1: ['patroni'] },
      ['remove-container sample-node4 in order'],
    ],
    [
      'does so too when it is made anew, and the way of the clients stays as long',
      snapshotOf({ node1: OTHER_SHAPE, gateway: OTHER_SHAPE }),
      { node1: ['redis'] },
      [
        'relieve-node sample-node1: redis because it leads (redis) and goes',
        'remove-container sample-node1 in order after relieve-node sample-node1',
        'remove-container sample-gateway after relieve-node sample-node1',
      ],
    ],
    [
      'does so too when it is stopped alone, because nobody knows what it goes by',
      snapshotOf({ node2: { applied: { paths: [] } } }),
      { node2: ['patroni'] },
      [
        'relieve-node sample-node2: patroni because it leads (patroni) and goes',
        'stop-container sample-node2 after relieve-node sample-node2',
      ],
    ],
    [
      'gets rid of what another one that goes hands to it',
      withNode4({ node2: OTHER_SHAPE }),
      { node4: ['patroni'] },
      [
        'relieve-node sample-node4: patroni because it leads (patroni) and goes',
        'relieve-node sample-node2: patroni not to node4 because it goes, and must not be given what others lead after relieve-node sample-node4',
        'remove-container sample-node4 in order after relieve-node sample-node4, relieve-node sample-node2',
        'remove-container sample-node2 in order after relieve-node sample-node4, relieve-node sample-node2',
      ],
    ],
    [
      'is asked for nothing when it is stopped already',
      withNode4({}, { state: 'exited' }),
      { node1: ['patroni'] },
      ['remove-container sample-node4'],
    ],
    [
      'is asked for nothing when it is cut off',
      withNode4({}, { networks: {} }),
      { node4: ['redis'] },
      ['remove-container sample-node4'],
    ],
    [
      'is asked for nothing when all go',
      withNode4({ node1: OTHER_SHAPE, node2: OTHER_SHAPE, node3: OTHER_SHAPE }),
      { node4: ['patroni'] },
      [
        'remove-container sample-node4',
        'remove-container sample-node1',
        'remove-container sample-node2',
        'remove-container sample-node3',
      ],
    ],
  ])('%s', (_name, snapshot, roles, expected) => {
    expect(orders(snapshot, roles)).toEqual(expected);
  });

  it.each([
    ['of the database', { node4: ['patroni'] }, 4],
    ['of Redis', { node4: ['redis'] }, 3],
    ['of both', { node4: ['patroni', 'redis'] }, 4],
    ['of nothing', { node1: ['patroni'] }, 0],
  ])('is foreseen to cost what the hand-over %s costs', (_name, roles, seconds) => {
    expect(foresightOf(plan(withNode4({}), roles)).seconds).toBe(seconds);
  });
});
