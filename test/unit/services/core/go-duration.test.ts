import { expect, it } from 'vitest';
import { goSeconds } from '../../../../src/services/core/go-duration';

it.each([
  ['10s', 10],
  ['1m', 60],
  ['1m30s', 90],
  ['1h0.5m', 3630],
  ['500ms', 1],
  ['1500ms', 2],
  ['250us', 1],
  ['0s', 0],
  ['10', undefined],
  ['soon', undefined],
  ['10 s', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s', (written, seconds) => {
  expect(goSeconds(written)).toBe(seconds);
});
