import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNodeReport } from '../../../../src/observe/sources/node-report';

describe('reports of a node', () => {
  it.each([
    ['S redis=412:run', { redis: { state: 'run', pid: 412, wanted: 'up' } }],
    ['S redis=0:down', { redis: { state: 'down', pid: 0, wanted: 'down' } }],
    ['S redis=0:down,want_up', { redis: { state: 'down', pid: 0, wanted: 'up' } }],
    ['S redis=412:run,got_TERM,want_down', { redis: { state: 'run', pid: 412, wanted: 'down' } }],
    [
      'S pgbouncer-watch=7:finish broken a=1:',
      { 'pgbouncer-watch': { state: 'finish', pid: 7, wanted: 'up' } },
    ],
    ['S', {}],
  ] as const)('%s', (line, services) => {
    expect(parseNodeReport(line)).toEqual({ kind: 'services', services });
  });

  it('addresses and databases', () => {
    expect(parseNodeReport('A 127.0.0.1 172.30.0.11')).toEqual({
      kind: 'addresses',
      addresses: ['127.0.0.1', '172.30.0.11'],
    });
    expect(parseNodeReport('D 172.30.0.12')).toEqual({ kind: 'pgbouncer', hosts: ['172.30.0.12'] });
    expect(parseNodeReport('bash: warning')).toBeUndefined();
    expect(parseNodeReport('')).toBeUndefined();
  });
});

describe('any text', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        parseNodeReport(`S ${text}`);
      }),
      { numRuns: 500 },
    );
  });
});
