import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNodeReport } from '../../../../src/observe/sources/node-report';
import { seenOn } from '../../../../src/services/core/live/fact';
import type { FactObservation } from '../../../../src/services/core/live/fact';
import { ADDRESSES, DISK_FULL, NODE_AGE, PROCESSES } from '../../../../src/services/core/live/view';
import { GITALY_STORAGES } from '../../../../src/services/gitaly/facts';
import { gitalyReport } from '../../../../src/services/gitaly/node-report';
import { PGBOUNCER_HOSTS } from '../../../../src/services/pgbouncer/facts';
import { pgbouncerReport } from '../../../../src/services/pgbouncer/node-report';

const read = (line: string): FactObservation | undefined =>
  readNodeReport(line, [pgbouncerReport], 'node1', 5);

describe('reports of a node', () => {
  it.each([
    ['S redis=412:run', { redis: { state: 'run', pid: 412, wanted: 'up' } }],
    ['S redis=412:run,paused', { redis: { state: 'run', pid: 412, wanted: 'up', paused: true } }],
    ['S redis=0:down', { redis: { state: 'down', pid: 0, wanted: 'down' } }],
    ['S redis=0:down,want_up', { redis: { state: 'down', pid: 0, wanted: 'up' } }],
    ['S redis=412:run,got_TERM,want_down', { redis: { state: 'run', pid: 412, wanted: 'down' } }],
    [
      'S pgbouncer-watch=7:finish broken a=1:',
      { 'pgbouncer-watch': { state: 'finish', pid: 7, wanted: 'up' } },
    ],
    ['S', {}],
  ] as const)('%s', (line, services) => {
    expect(read(line)).toEqual(seenOn(PROCESSES, 'node1', 5, services));
  });

  it.each([
    ['U 4200', seenOn(NODE_AGE, 'node1', 5, 4200)],
    ['U -3', undefined],
    ['U', undefined],
    ['F full', seenOn(DISK_FULL, 'node1', 5, true)],
    ['F free', seenOn(DISK_FULL, 'node1', 5, false)],
    ['F', undefined],
  ])('%s: its age and its disk', (line, observation) => {
    expect(read(line)).toEqual(observation);
  });

  it('addresses and databases', () => {
    expect(read('A 127.0.0.1 172.30.0.11')).toEqual(
      seenOn(ADDRESSES, 'node1', 5, ['127.0.0.1', '172.30.0.11']),
    );
    expect(read('D 172.30.0.12')).toEqual(seenOn(PGBOUNCER_HOSTS, 'node1', 5, ['172.30.0.12']));
    const storages = readNodeReport('G gitaly-1 cold', [gitalyReport], 'node1', 5);
    expect(storages).toEqual(seenOn(GITALY_STORAGES, 'node1', 5, ['gitaly-1', 'cold']));
    expect(read('bash: warning')).toBeUndefined();
    expect(read('')).toBeUndefined();
  });
});

describe('any text', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        read(`S ${text}`);
      }),
      { numRuns: 500 },
    );
  });
});
