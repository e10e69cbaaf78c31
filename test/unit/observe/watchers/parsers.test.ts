import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseAutopilot,
  parseChecks,
  parseLeaderKey,
  parsePatroniKeys,
  parseRaftLeader,
} from '../../../../src/observe/watchers/consul-answers';
import { parseHaproxyStats } from '../../../../src/observe/watchers/haproxy-stats';
import { parseNodeReport } from '../../../../src/observe/watchers/node-report';
import { parsePatroniRest } from '../../../../src/observe/watchers/patroni-rest';
import { parseRedisInfo } from '../../../../src/observe/watchers/redis-info';
import { parseSentinelMaster } from '../../../../src/observe/watchers/sentinel-view';

/** Answers of a real cluster: Consul 1.8.7, Patroni 4.0.7, HAProxy 3.0, Redis 8.0.2. */
const sample = (name: string): string => readFileSync(join(import.meta.dirname, 'samples', name), 'utf8');

describe('Consul', () => {
  it('Raft leader', () => {
    expect(parseRaftLeader('"172.30.0.13:8300"')).toBe('172.30.0.13');
    expect(parseRaftLeader('""')).toBeUndefined();
    expect(parseRaftLeader('No cluster leader')).toBeUndefined();
  });

  it('servers', () => {
    expect(parseAutopilot(sample('autopilot-health.json'))).toEqual({
      failureTolerance: 1,
      servers: [
        ['node3', '172.30.0.13', true],
        ['node2', '172.30.0.12', false],
        ['node1', '172.30.0.11', false],
      ].map(([name, address, leader]) => ({
        name,
        address,
        serf: 'alive',
        voter: true,
        leader,
        healthy: true,
        version: '1.8.7',
      })),
    });
  });

  it('checks', () => {
    expect(parseChecks(sample('health-state.json')).slice(0, 2)).toEqual([
      { node: 'node1', id: 'serfHealth', status: 'passing', service: '' },
      { node: 'node1', id: 'service:postgresql-ha/node1', status: 'passing', service: 'postgresql-ha' },
    ]);
  });

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

describe('Redis and Sentinel', () => {
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

  it('what a Sentinel believes', () => {
    const fields = {
      name: 'gitlab-redis',
      ip: '172.30.0.12',
      flags: 's_down,master',
      'config-epoch': '3',
      'num-slaves': '2',
      'num-other-sentinels': '2',
      quorum: '2',
    };
    expect(parseSentinelMaster(fields)).toEqual({
      masterAddress: '172.30.0.12',
      epoch: 3,
      flags: ['s_down', 'master'],
      otherSentinels: 2,
      replicas: 2,
      quorum: 2,
    });
    expect(parseSentinelMaster({})).toBeUndefined();
  });
});

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
        parseRaftLeader(text);
        parseAutopilot(text);
        parseChecks(text);
        parsePatroniKeys(text, 'scope');
        parsePatroniRest(text);
        parseRedisInfo(text);
        parseHaproxyStats(`# pxname,svname,status\n${text}`);
        parseNodeReport(`S ${text}`);
      }),
      { numRuns: 500 },
    );
  });
});
