import { expect, test } from 'vitest';
import { groupHealth, worstHealth } from '../../../../src/features/common/health-text';

test.each([
  [[], 'unknown', 'unknown'],
  [['ok', 'ok'], 'ok', 'ok'],
  [['ok', 'unknown'], 'unknown', 'unknown'],
  [['ok', 'degraded', 'unknown'], 'degraded', 'degraded'],
  [['ok', 'ok', 'failed'], 'failed', 'degraded'],
  [['failed', 'failed'], 'failed', 'failed'],
  [['failed', 'unknown'], 'failed', 'degraded'],
] as const)('%o: worst %s, as a group of peers %s', (healths, worst, group) => {
  expect([worstHealth(healths), groupHealth(healths)]).toEqual([worst, group]);
});
