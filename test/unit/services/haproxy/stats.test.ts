import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHaproxyStats } from '../../../../src/services/haproxy/stats';

/** Answers of a real cluster: HAProxy 3.0. */
const sample = (name: string): string => readFileSync(join(import.meta.dirname, 'samples', name), 'utf8');

describe('HAProxy', () => {
  const rows = parseHaproxyStats(sample('haproxy-show-stat.csv'));

  it('every row', () => {
    expect(rows.map(({ proxy, name, status }) => `${proxy}/${name} ${status}`)).toEqual([
      'http/FRONTEND OPEN',
      'status_page/BACKEND UP',
      'postgresql/FRONTEND OPEN',
      'pgbouncer/node1 UP',
      'pgbouncer/node2 UP',
      'pgbouncer/node3 UP',
      'pgbouncer/BACKEND UP',
      'redis/FRONTEND OPEN',
      'redis_master/node1 UP',
      'redis_master/node2 DOWN',
      'redis_master/node3 DOWN',
      'redis_master/BACKEND UP',
      'stats/FRONTEND OPEN',
      'stats/BACKEND UP',
    ]);
    expect(rows[3]).toEqual({ proxy: 'pgbouncer', name: 'node1', status: 'UP', sessions: 0, check: 'L7OK' });
  });

  it('quoted fields keep their commas and quotes', () => {
    const text = '# pxname,svname,status,scur,check_status\n"a,b","say ""hi""",UP 1/2,3,\n';
    expect(parseHaproxyStats(text)).toEqual([
      { proxy: 'a,b', name: 'say "hi"', status: 'UP 1/2', sessions: 3, check: undefined },
    ]);
  });
});

describe('any text', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        parseHaproxyStats(`# pxname,svname,status\n${text}`);
      }),
      { numRuns: 500 },
    );
  });
});
