import { describe, expect, test } from 'vitest';
import type { NodeAction } from '../../../../src/lab/lab-service';
import { nodeChoices } from '../../../../src/presentation/topology/node-choices';
import { english, healthy, lab } from '../support/lab';

const nodes = (action: NodeAction, state = healthy()) =>
  nodeChoices(action, { info: lab(), state }, english).map(({ node }) => node);

const mixed = healthy('sample', (node) => {
  if (node.name === 'node2') return { ...node, container: 'stopped', connected: true };
  return node.name === 'node3' ? { ...node, connected: false } : node;
});
const paused = healthy('sample', (node) => (node.name === 'node2' ? { ...node, container: 'paused' } : node));

describe('the nodes to choose from', () => {
  test.each<[NodeAction, readonly string[], readonly string[]]>([
    ['start', [], ['node2']],
    ['stop', ['node1', 'node2', 'node3'], ['node1', 'node3']],
    ['restart', ['node1', 'node2', 'node3'], ['node1', 'node3']],
    ['kill', ['node1', 'node2', 'node3'], ['node1', 'node3']],
    ['pause', ['node1', 'node2', 'node3'], ['node1', 'node3']],
    ['unpause', [], []],
    ['disconnect', ['node1', 'node2', 'node3'], ['node1']],
    ['connect', [], ['node3']],
  ])('to %s are %j, and %j when node2 is stopped and node3 cut off', (action, whole, broken) => {
    expect(nodes(action)).toEqual(whole);
    expect(nodes(action, mixed)).toEqual(broken);
  });

  test('to unpause is the one that is paused', () => {
    expect(nodes('unpause', paused)).toEqual(['node2']);
  });

  test('say what each leads and what could be lost by it', () => {
    const [first, second] = nodeChoices('kill', { info: lab(), state: healthy() }, english);
    expect(first).toEqual({
      node: 'node1',
      description:
        'Consul server: leader · PostgreSQL (Patroni): leader · Redis: master · Keepalived: active · 10.0.0.11',
      detail:
        'node1 is the Redis master. Redis replicates asynchronously and, as in the package, keeps no log of its writes: those acknowledged in the last moments can be lost when the master goes.',
    });
    expect(second?.node).toBe('node2');
  });

  test('are known from the engine while nothing is observed', () => {
    const info = lab('sample', {
      containers: [{ node: 'node2', role: 'node', id: 'a', state: 'stopped' }],
    });
    expect(nodeChoices('start', { info, state: undefined }, english)).toEqual([
      { node: 'node2', description: '10.0.0.12', detail: '' },
    ]);
  });
});
