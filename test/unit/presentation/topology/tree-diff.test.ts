import { verbatim } from '../../../../src/words/message';
import { expect, test } from 'vitest';
import { diffTrees, indexTree } from '../../../../src/presentation/topology/tree-diff';
import { buildTree } from '../../../../src/presentation/topology/tree-model';
import type { ClusterState } from '../../../../src/observe/state';
import { english, healthy, lab, withService } from '../support/lab';

const index = (state: ClusterState | undefined) =>
  indexTree(buildTree([{ info: lab(), state }], 'layer', english));

test('nothing changed: nothing is refreshed', () => {
  expect(diffTrees(index(healthy()), index({ ...healthy(), at: 5 }))).toEqual({ everything: false, ids: [] });
});

test('one service failed: its row, its group, its layer and the lab, and nothing else', () => {
  const after = healthy('sample', (node) =>
    node.name === 'node2'
      ? withService(node, 'sentinel', { health: 'failed', detail: verbatim('no answer') })
      : node,
  );
  expect(diffTrees(index(healthy()), index(after))).toEqual({
    everything: false,
    ids: [
      'lab:sample',
      'lab:sample/layer:cache',
      'lab:sample/layer:cache/service:sentinel',
      'lab:sample/layer:cache/service:sentinel/on:node2:sentinel',
    ],
  });
});

test('a tooltip somebody looks at is refreshed although its row is the same', () => {
  const id = 'lab:sample/gateway';
  expect(diffTrees(index(healthy()), index(healthy()), (row) => row === id)).toEqual({
    everything: false,
    ids: [id],
  });
});

test('a lab that came or went refreshes everything', () => {
  const none = indexTree([]);
  expect(diffTrees(none, index(healthy()))).toEqual({ everything: true });
  expect(diffTrees(index(healthy()), none)).toEqual({ everything: true });
});

test('parents are found for every row but the roots', () => {
  const { parentOf, byId } = index(healthy());
  expect(parentOf.get('lab:sample/layer:cache/service:redis')).toBe('lab:sample/layer:cache');
  expect([...byId.keys()].filter((id) => !parentOf.has(id))).toEqual(['lab:sample']);
});
