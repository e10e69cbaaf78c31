import { expect, test } from 'vitest';
import { placementOf } from '../../../src/observe/placement';
import { readinessOf } from '../../../src/observe/readiness';
import { initial } from '../../../src/observe/reducer';
import { CLUSTER, wholeCluster } from './healthy';

test('counts the instances that are well', () => {
  const [first] = readinessOf(wholeCluster().state, placementOf(CLUSTER));
  expect(first).toEqual({ title: 'PostgreSQL', well: 3, of: 3 });
});

test('says nothing of services that nobody has looked at yet: they may be well', () => {
  expect(readinessOf(initial('sample', CLUSTER).state, placementOf(CLUSTER))).toEqual([]);
});
