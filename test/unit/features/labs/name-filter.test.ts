import { expect, test } from 'vitest';
import { nameFilter } from '../../../../src/features/labs/name-filter';

test.each([
  [['*'], 'anything', true],
  [[], 'anything', true],
  [['mine-*'], 'mine-1', true],
  [['mine-*'], 'yours-mine-1', false],
  [['a', 'b'], 'b', true],
  [['a.c'], 'abc', false],
  [['*-e2e-*'], 'x-e2e-y', true],
] as const)('%o shows %s: %s', (patterns, name, expected) => {
  expect(nameFilter(patterns)(name)).toBe(expected);
});
