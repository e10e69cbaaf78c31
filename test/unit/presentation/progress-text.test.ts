import { verbatim } from '../../../src/words/message';
import { expect, test } from 'vitest';
import { progressIncrement, progressText, seconds } from '../../../src/presentation/progress-text';
import { english } from './support/lab';

test.each([
  [undefined, 'starting node1'],
  [[], 'starting node1'],
  [['node2: patroni is unknown'], 'Waiting for node2: patroni is unknown'],
  [['a', 'b', 'c'], 'Waiting for a, and 2 more'],
])('waiting for %o', (waitingFor, expected) => {
  const progress = { step: 'health', message: verbatim('starting node1'), fraction: 0.5 } as const;
  expect(
    progressText(waitingFor ? { ...progress, waitingFor: waitingFor.map(verbatim) } : progress, english),
  ).toBe(expected);
});

const readiness = [
  { title: 'Consul', well: 3, of: 3 },
  { title: 'PostgreSQL', well: 0, of: 3 },
  { title: 'Redis', well: 1, of: 3 },
];

test.each([
  ['services that are not complete come first', 8_000, 'Redis 1/3, PostgreSQL 0/3, Consul 3/3; usually 8 s'],
  ['nobody knows how long it takes', undefined, 'Redis 1/3, PostgreSQL 0/3, Consul 3/3'],
])('waiting for services: %s', (_, usualMs, expected) => {
  const progress = {
    step: 'health',
    message: verbatim('m'),
    fraction: 0,
    waitingFor: [verbatim('x')],
    readiness,
  } as const;
  expect(progressText(usualMs === undefined ? progress : { ...progress, usualMs }, english)).toBe(expected);
});

test('once every service is well, what is still missing is named', () => {
  const all = readiness.map((service) => ({ ...service, well: 3 }));
  const waiting = { step: 'health', message: verbatim('m'), fraction: 1, readiness: all } as const;
  expect(
    progressText({ ...waiting, waitingFor: [verbatim('database: no synchronous standby')] }, english),
  ).toBe('Waiting for database: no synchronous standby');
  expect(progressText({ ...waiting, waitingFor: [] }, english)).toBe('m');
});

test.each([
  [0, 0.25, 25],
  [0.25, 0.25, 0],
  [0.5, 0.25, 0],
  [0.9, 1.7, 10],
])('from %d to %d the bar advances by %d', (before, fraction, expected) => {
  expect(progressIncrement(before, { step: 'start', message: verbatim(''), fraction })).toBeCloseTo(expected);
});

test('seconds have one digit', () => {
  expect([seconds(0), seconds(12_345)]).toEqual(['0.0', '12.3']);
});
