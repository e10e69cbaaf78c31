import { describe, expect, it } from 'vitest';
import { initial } from '../../../src/observe/reducer';
import type { Health } from '../../../src/observe/state';
import { aggregateHealth } from '../../../src/services/core/live/health';
import { wholeness } from '../../../src/observe/wholeness';
import { ADDRESS, CLUSTER, keys, member, run, sentinel, wholeCluster, saw } from './healthy';

describe('aggregateHealth', () => {
  it.each<[readonly Health[], Health]>([
    [[], 'unknown'],
    [['ok', 'ok'], 'ok'],
    [['ok', 'unknown'], 'unknown'],
    [['ok', 'degraded'], 'degraded'],
    [['degraded', 'unknown'], 'degraded'],
    [['ok', 'ok', 'failed'], 'degraded'],
    [['failed', 'degraded'], 'degraded'],
    [['failed', 'failed'], 'failed'],
    [['failed', 'unknown'], 'failed'],
  ])('%j is %s', (members, expected) => {
    expect(aggregateHealth(members)).toBe(expected);
  });
});

describe('wholeness', () => {
  it('names everything that is missing in a cluster nothing is known about', () => {
    const missing = wholeness(initial('sample', CLUSTER).state, CLUSTER).map(String);
    expect(missing).toContain('node2: Sentinel is unknown (Sentinel has not been reached)');
    expect(missing.slice(-6)).toEqual([
      'database: not streaming: node1, node2, node3',
      'database: no synchronous standby',
      'Consul: no Raft leader',
      'Consul: not voting: node1, node2, node3',
      'Redis: no master',
      'VIP: no node holds it',
    ]);
  });

  it.each<[string, Parameters<typeof run>[0], readonly string[]]>([
    [
      'a stopped node',
      [{ kind: 'container', at: 2000, node: 'node3', state: 'stopped' }],
      [
        'node3: the node is stopped',
        'database: not streaming: node3',
        'Consul: not voting: node3',
        'Redis: not replicating: node3',
      ],
    ],
    [
      'no synchronous standby',
      [saw.patroniKeys(2000, 11, keys({ sync: { leader: 'node1', standbys: [] } }))],
      ['database: no synchronous standby'],
    ],
    [
      'a member that left the DCS',
      [
        saw.patroniKeys(2000, 11, keys({ members: [member('node1'), member('node2')] })),
        saw.patroni(2000, 'node3', undefined),
      ],
      [
        'node3: PostgreSQL (Patroni) is failed (no member key in Consul, and its REST API does not answer)',
        'database: not streaming: node3',
      ],
    ],
    [
      'a Redis failover that has not arrived everywhere',
      [saw.sentinel(2000, 'node2', sentinel('node2', 1))],
      [
        'node1: Redis is degraded (still says it is master, but Sentinel names node2)',
        'node1: Sentinel is degraded (still names node1, the others node2)',
        'node2: Redis is degraded (follows node1, but node2 is master)',
        'node3: Redis is degraded (follows node1, but node2 is master)',
        'node3: Sentinel is degraded (still names node1, the others node2)',
        'Redis: not replicating: node1, node3',
      ],
    ],
    [
      'a VIP nobody holds',
      [saw.addresses(2000, 'node1', [ADDRESS['node1']!])],
      [
        'node1: Keepalived is degraded (no node holds the VIP)',
        'node2: Keepalived is degraded (no node holds the VIP)',
        'node3: Keepalived is degraded (no node holds the VIP)',
        'VIP: no node holds it',
      ],
    ],
  ])('%s', (_, observations, expected) => {
    expect(wholeness(run(observations, wholeCluster()).state, CLUSTER)).toEqual(expected);
  });
});
