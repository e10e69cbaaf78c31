import { expect, it } from 'vitest';
import { goSeconds, stopSeconds } from '../../../../../src/services/core/notation/go-duration';

it.each([
  ['10s', 10],
  ['1m', 60],
  ['1m30s', 90],
  ['1h0.5m', 3630],
  ['500ms', 1],
  ['1500ms', 2],
  ['250us', 1],
  ['0s', 0],
  ['0', 0],
  ['+0', 0],
  ['+90s', 90],
  ['-90s', 0],
  ['.5m', 30],
  ['1.m', 60],
  ['1h30m', 5400],
  ['1.5s', 2],
  ['300ms', 1],
  ['2µs', 1],
  ['2μs', 1],
  ['1000000s', 1_000_000],
  ['2562047h', 9_223_369_200],
  ['2562048h', undefined],
  ['.s', undefined],
  ['+', undefined],
  ['+-1s', undefined],
  ['00', undefined],
  ['10', undefined],
  ['soon', undefined],
  ['10 s', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s', (written, seconds) => {
  expect(goSeconds(written)).toBe(seconds);
});

it.each([
  [undefined, 10],
  ['soon', 10],
  ['90', 10],
  ['0', 0],
  ['1m', 60],
  ['1000000s', 1_000_000],
  ['1000h', 2_000_000],
])('%s: what a program may take to stop', (written, seconds) => {
  expect(stopSeconds(written, '10s')).toBe(seconds);
});
