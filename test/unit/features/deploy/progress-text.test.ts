import { expect, test } from 'vitest';
import { progressIncrement, progressText, seconds } from '../../../../src/features/deploy/progress-text';
import { english } from '../support/lab';

test.each([
  [undefined, 'Waiting for health'],
  [[], 'Waiting for health'],
  [['node2: patroni is unknown'], 'Waiting for health, waiting for node2: patroni is unknown'],
  [['a', 'b'], 'Waiting for health, waiting for a, b'],
  [['a', 'b', 'c', 'd'], 'Waiting for health, waiting for a, b and 2 more'],
])('waiting for %o', (waitingFor, expected) => {
  const progress = { step: 'health', message: 'Waiting for health', fraction: 0.5 } as const;
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
