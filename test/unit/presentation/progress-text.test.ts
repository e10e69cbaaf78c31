import { expect, test } from 'vitest';
import { progressIncrement, progressText, seconds } from '../../../src/presentation/progress-text';
import { english } from './support/lab';

test.each([
  [undefined, 'starting node1'],
  [[], 'starting node1'],
  [['node2: patroni is unknown'], 'Waiting for node2: patroni is unknown'],
  [['a', 'b', 'c'], 'Waiting for a, and 2 more'],
])('waiting for %o', (waitingFor, expected) => {
  const progress = { step: 'health', message: 'starting node1', fraction: 0.5 } as const;
  expect(progressText(waitingFor ? { ...progress, waitingFor } : progress, english)).toBe(expected);
});

test.each([
  [0, 0.25, 25],
  [0.25, 0.25, 0],
  [0.5, 0.25, 0],
  [0.9, 1.7, 10],
])('from %d to %d the bar advances by %d', (before, fraction, expected) => {
  expect(progressIncrement(before, { step: 'start', message: '', fraction })).toBeCloseTo(expected);
});

test('seconds have one digit', () => {
  expect([seconds(0), seconds(12_345)]).toEqual(['0.0', '12.3']);
});
