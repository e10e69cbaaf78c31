import { describe, expect, it } from 'vitest';
import { decideChanges, superfluous } from '../../../../src/lab/plan/changes';
import type { ExistingContainer } from '../../../../src/lab/plan/snapshot';
import { hasWorked, isWorthKeeping } from '../../../../src/lab/plan/snapshot';
import { PLAN, snapshotOf as inventory } from './sample-snapshot';
import type { Difference as Change } from './sample-snapshot';

const kinds = (changes: Readonly<Record<string, Change>>): string[] =>
  decideChanges(PLAN, inventory(changes)).map(({ change }) => change.kind);

describe('what is done to node1, node2, node3 and the gateway', () => {
  it.each([
    ['all is as planned', {}, 'keep keep keep keep'],
    ['a node is stopped', { node1: { state: 'exited' } }, 'revive keep keep keep'],
    ['a node is paused', { node2: { state: 'paused' } }, 'keep revive keep keep'],
    ['a node is cut off', { node3: { networks: {} } }, 'keep keep revive keep'],
    ['a node is missing', { node1: 'missing' }, 'create keep keep keep'],
    ['a node has another shape', { node1: { shapeHash: 'old' } }, 'recreate keep keep keep'],
    ['a node has other files', { node2: { applied: { hash: 'old', paths: [] } } }, 'keep update keep keep'],
    [
      'a node has a file too many',
      { node2: { applied: { hash: 'old', paths: ['/etc/old'] } } },
      'keep update keep keep',
    ],
    [
      'the gateway has a file too many',
      { gateway: { applied: { hash: 'old', paths: ['/etc/old'] } } },
      'keep keep keep recreate',
    ],
    [
      'a node was made but never filled',
      { node3: { state: 'created', applied: undefined } },
      'keep keep fill keep',
    ],
    ['a node runs that was never filled', { node3: { applied: undefined } }, 'keep keep recreate keep'],
    ['a node cannot be removed properly', { node3: { state: 'dead' } }, 'keep keep recreate keep'],
    ['only the gateway is missing', { gateway: 'missing' }, 'keep keep keep create'],
    [
      'two nodes are missing: the third must not meet empty ones',
      { node1: 'missing', node2: 'missing' },
      'create create recreate keep',
    ],
    [
      'all have other files',
      {
        node1: { applied: { hash: 'o', paths: [] } },
        node2: { applied: { hash: 'o', paths: [] } },
        node3: { applied: { hash: 'o', paths: [] } },
      },
      'update update update keep',
    ],
    [
      'nothing was ever started',
      {
        node1: { state: 'created' },
        node2: { state: 'created', applied: undefined },
        node3: 'missing',
        gateway: 'missing',
      },
      'revive fill create create',
    ],
  ] as const)('when %s', (_name, changes, expected) => {
    expect(kinds(changes).join(' ')).toBe(expected);
  });

  it('removes what the plan does not know', () => {
    const extra = { ...(inventory().containers[0] as ExistingContainer), name: 'sample-node4', id: 'x' };
    const now = { ...inventory(), containers: [...inventory().containers, extra] };
    expect(superfluous(PLAN, now).map((one) => one.name)).toEqual(['sample-node4']);
  });
});

describe('a lab has worked', () => {
  it.each([
    ['when it is complete', {}, true],
    ['when a node was stopped', { node1: { state: 'exited' } }, true],
    ['not when a container was never started', { node1: { state: 'created' } }, false],
    ['not when a container was never filled', { gateway: { applied: undefined } }, false],
    [
      'not when there is none',
      { node1: 'missing', node2: 'missing', node3: 'missing', gateway: 'missing' },
      false,
    ],
  ] as const)('%s', (_name, changes, expected) => {
    expect(hasWorked(inventory(changes))).toBe(expected);
  });
});

describe('what there is of a lab is worth keeping', () => {
  it.each([
    ['when it is complete', {}, true],
    [
      'when a majority has run, though its gateway is only half made',
      { gateway: { applied: undefined } },
      true,
    ],
    ['not when a minority has run', { node1: { state: 'created' }, node2: { state: 'created' } }, false],
  ] as const)('%s', (_name, changes, expected) => {
    expect(isWorthKeeping(inventory(changes), 3)).toBe(expected);
  });
});
