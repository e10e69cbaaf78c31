import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRedisInfo } from '../../../../src/services/redis/info';

/** Answers of a real cluster: Redis 8.0.2. */
const sample = (name: string): string => readFileSync(join(import.meta.dirname, 'samples', name), 'utf8');

describe('Redis', () => {
  it('a replica', () => {
    expect(parseRedisInfo(sample('redis-info-replication.txt'))).toEqual({
      role: 'slave',
      masterAddress: '172.30.0.11',
      linkUp: true,
      syncInProgress: false,
      connectedReplicas: 0,
      offset: 219364,
      version: undefined,
    });
  });
});

describe('any text', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        parseRedisInfo(text);
      }),
      { numRuns: 500 },
    );
  });
});
