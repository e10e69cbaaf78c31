import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLeaderKey, parsePatroniKeys } from '../../../../src/services/patroni/keys';
import { parsePatroniRest } from '../../../../src/services/patroni/rest';

/** Answers of a real cluster: Patroni 4.0.7. */
const sample = (name: string): string => readFileSync(join(import.meta.dirname, 'samples', name), 'utf8');

describe('Consul', () => {
  it("Patroni's keys", () => {
    const keys = parsePatroniKeys(sample('patroni-keys.json'), 'postgresql-ha');
    const common = { state: 'running', timeline: 4, position: 32155704, version: '4.0.7' };
    expect(keys).toEqual({
      leader: 'node2',
      members: [
        { name: 'node1', address: '172.30.0.11', role: 'replica', replication: 'streaming', ...common },
        { name: 'node2', address: '172.30.0.12', role: 'primary', replication: undefined, ...common },
        { name: 'node3', address: '172.30.0.13', role: 'replica', replication: 'streaming', ...common },
      ],
      sync: { leader: 'node2', standbys: ['node1'] },
      failoverRequested: false,
      historyTimeline: 4,
      leaderPosition: 32155704,
    });
    expect(parseLeaderKey(sample('leader-key.json'))).toBe('node2');
    expect(parseLeaderKey('')).toBeUndefined();
  });
});

describe('what a commit waits for', () => {
  const keysWith = (sync: object): string =>
    JSON.stringify([{ Key: 'service/x/sync', Value: Buffer.from(JSON.stringify(sync)).toString('base64') }]);

  it.each([
    ['one by name', { leader: 'a', sync_standby: 'b', quorum: 0 }, { standbys: ['b'] }],
    ['two by name', { leader: 'a', sync_standby: 'b,c', quorum: 0 }, { standbys: ['b', 'c'] }],
    [
      'one of two, whichever',
      { leader: 'a', sync_standby: 'b,c', quorum: 1 },
      { standbys: ['b', 'c'], acknowledging: 1 },
    ],
    [
      'two of four, whichever',
      { leader: 'a', sync_standby: 'b,c,d,e', quorum: 2 },
      { standbys: ['b', 'c', 'd', 'e'], acknowledging: 2 },
    ],
    ['nobody', { leader: 'a', sync_standby: null }, { standbys: [] }],
  ])('%s', (_, sync, expected) => {
    expect(parsePatroniKeys(keysWith(sync), 'x').sync).toEqual({ leader: 'a', ...expected });
  });

  it('a standby of a quorum is no synchronous standby', () => {
    const answer = parsePatroniRest('{"state":"running","role":"replica","quorum_standby":true}');
    expect(answer).toMatchObject({ syncStandby: false, quorumStandby: true });
  });
});

describe('Patroni REST', () => {
  it('leader', () => {
    expect(parsePatroniRest(sample('patroni-rest-node2.json'))).toEqual({
      role: 'primary',
      state: 'running',
      timeline: 4,
      replication: undefined,
      position: 32155704,
      syncStandby: false,
      patroniVersion: '4.0.7',
      serverVersion: '17.12',
      attached: [
        { name: 'node1', state: 'streaming', sync: 'sync' },
        { name: 'node3', state: 'streaming', sync: 'async' },
      ],
    });
  });

  it('synchronous standby', () => {
    expect(parsePatroniRest(sample('patroni-rest-node1.json'))).toMatchObject({
      role: 'replica',
      replication: 'streaming',
      syncStandby: true,
      position: 32155704,
    });
  });

  it.each(['', 'not JSON', '[]', '{"state":"running"}'])('%j is no answer', (text) => {
    expect(parsePatroniRest(text)).toBeUndefined();
  });
});

describe('any text', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        parsePatroniKeys(text, 'scope');
        parseLeaderKey(text);
        parsePatroniRest(text);
      }),
      { numRuns: 500 },
    );
  });
});
