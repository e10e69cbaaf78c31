import { expect, test } from 'vitest';
import { failureCount } from '../../../../src/presentation/topology/failure-count';
import { healthy, lab, withService } from '../support/lab';

const broken = healthy('sample', (node) => {
  if (node.name === 'node1')
    return { ...withService(node, 'redis', { health: 'failed' }), container: 'stopped' };
  if (node.name === 'node2') return withService(node, 'consul', { health: 'failed' });
  return withService(node, 'haproxy', { health: 'unknown' });
});

test('a node that is down counts once, a failed service of a running node counts, unknown does not', () => {
  expect(failureCount([{ info: lab(), state: broken }])).toBe(2);
});

test('a node that is cut from the network counts once, not with each of its services', () => {
  const cut = healthy('sample', (node) =>
    node.name === 'node3'
      ? {
          ...node,
          connected: false,
          services: node.services.map((service) => ({ ...service, health: 'failed' })),
        }
      : node,
  );
  expect(failureCount([{ info: lab(), state: cut }])).toBe(1);
});

test.each([
  ['healthy', { info: lab(), state: healthy() }],
  ['not observed', { info: lab(), state: undefined }],
  ['being deployed', { info: lab(), state: broken, activity: 'Deploying' }],
])('%s: nothing', (_, snapshot) => {
  expect(failureCount([snapshot])).toBe(0);
});
