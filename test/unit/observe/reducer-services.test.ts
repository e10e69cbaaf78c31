import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/observe/reducer';
import type { Observation } from '../../../src/services/core/live/observation';
import { wholeness } from '../../../src/observe/wholeness';
import {
  ADDRESS,
  after,
  CLUSTER,
  redis,
  rest,
  running,
  said,
  sentinel,
  server,
  services,
  stopped,
  VIP,
  wholeCluster,
  saw,
} from './healthy';

describe('services', () => {
  it.each<[string, Observation, string, string, string]>([
    [
      'stopped by hand',
      saw.processes(2000, 'node2', services({ redis: stopped })),
      'node2',
      'redis',
      'failed: stopped by an administrator',
    ],
    [
      'told to stand still',
      saw.processes(2000, 'node2', services({ redis: { state: 'run', pid: 7, wanted: 'up', paused: true } })),
      'node2',
      'redis',
      'failed: frozen: its process stands still',
    ],
    [
      'crashed',
      saw.processes(2000, 'node2', services({ haproxy: { state: 'finish', pid: 0, wanted: 'up' } })),
      'node2',
      'haproxy',
      'failed: crashed; runit starts it again',
    ],
    [
      'killed Keepalived that leaves the address behind',
      saw.processes(2000, 'node1', services({ keepalived: stopped })),
      'node1',
      'keepalived',
      `failed: stopped by an administrator; the node still carries ${VIP}`,
    ],
    [
      'a PgBouncer that follows the wrong node',
      saw.pgbouncer(2000, 'node3', [ADDRESS['node2']!]),
      'node3',
      'pgbouncer',
      'degraded: sends to node2, but node1 leads',
    ],
    [
      'a PgBouncer whose helper is down',
      saw.processes(2000, 'node3', services({ 'pgbouncer-watch': stopped })),
      'node3',
      'pgbouncer',
      'degraded: sends to node1; would not notice a new leader (pgbouncer-watch is down)',
    ],
    [
      'a replica that reads the archive',
      saw.patroni(2000, 'node3', rest('node3', { replication: 'in archive recovery' })),
      'node3',
      'patroni',
      'degraded: does not stream from node1 (in archive recovery)',
    ],
    [
      'PostgreSQL that crashed under its Patroni',
      saw.patroni(2000, 'node2', rest('node2', { state: 'crashed' })),
      'node2',
      'patroni',
      'failed: PostgreSQL: crashed',
    ],
    [
      'a Redis that does not answer',
      saw.redis(2000, 'node2', undefined),
      'node2',
      'redis',
      'failed: Redis does not answer',
    ],
    [
      'a Redis whose link is down',
      saw.redis(2000, 'node2', { ...redis('node2'), linkUp: false }),
      'node2',
      'redis',
      'degraded: link to node1 is down',
    ],
    [
      'a second Redis master',
      saw.redis(2000, 'node2', redis('node2', 'node2')),
      'node2',
      'redis',
      'degraded: still says it is master, but Sentinel names node1',
    ],
    [
      'a Sentinel that lost a peer',
      saw.sentinel(2000, 'node2', { ...sentinel(), otherSentinels: 1 }),
      'node2',
      'sentinel',
      'degraded: knows 1 of 2 other Sentinels',
    ],
    [
      'a Sentinel that holds the master for down',
      saw.sentinel(2000, 'node2', sentinel('node1', 0, ['master', 's_down'])),
      'node2',
      'sentinel',
      'degraded: holds node1 for down',
    ],
    [
      'an HAProxy with a dead backend',
      saw.haproxy(2000, 'node2', [
        { proxy: 'redis', name: 'node1', status: 'DOWN 1/2', sessions: 0, check: 'L4TOUT' },
        { proxy: 'redis', name: 'BACKEND', status: 'DOWN', sessions: 0, check: undefined },
      ]),
      'node2',
      'haproxy',
      'degraded: no server up in redis',
    ],
    [
      'a Consul server that does not vote',
      saw.consulServers(2000, [server('node1'), server('node2', { voter: false }), server('node3')], 0),
      'node2',
      'consul',
      'degraded: alive, not a voter yet',
    ],
    [
      'a Consul server its peers cannot reach',
      saw.consulServers(
        2000,
        [server('node1'), server('node2', { serf: 'failed', healthy: false }), server('node3')],
        0,
      ),
      'node2',
      'consul',
      'failed: its peers say it is failed',
    ],
  ])('%s', (_, observation, node, id, expected) => {
    const { state } = after([observation]);
    expect(said(state, node, id)).toBe(expected);
    expect(wholeness(state, CLUSTER)).not.toEqual([]);
  });

  it('a stop and a start are told once each, a crash with a quick restart as a new start', () => {
    const told = after([
      saw.processes(2000, 'node2', services({ redis: stopped })),
      saw.processes(2100, 'node2', services({ redis: stopped })),
      saw.processes(2500, 'node2', services({ redis: running(900) })),
      saw.processes(2600, 'node2', services({ redis: running(901) })),
    ]);
    expect(told.events.map(({ kind, node, service: id, text }) => [kind, node, id, text])).toEqual([
      ['service-down', 'node2', 'redis', 'Redis on node2: stopped by an administrator'],
      ['service-up', 'node2', 'redis', 'Redis on node2 runs'],
      ['service-up', 'node2', 'redis', 'Redis on node2 was started anew'],
    ]);
  });

  it('a stop seen between the writing of pid and state is one stop', () => {
    const told = after([
      saw.processes(2000, 'node2', services({ redis: running(0) })),
      saw.processes(2010, 'node2', services({ redis: stopped })),
    ]);
    expect(told.events.map(({ kind }) => kind)).toEqual(['service-down']);
  });

  it('a health that passes within a second is not told, one that stays is told once', () => {
    const wrong: Observation = saw.pgbouncer(2000, 'node3', [ADDRESS['node2']!]);
    const right: Observation = saw.pgbouncer(2200, 'node3', [ADDRESS['node1']!]);
    expect(after([wrong, right, { kind: 'tick', at: 4000 }]).events).toEqual([]);
    expect(
      after([wrong, { kind: 'tick', at: 3100 }, { kind: 'tick', at: 4000 }]).events.map(({ kind, text }) => [
        kind,
        text,
      ]),
    ).toEqual([
      ['health-changed', 'PgBouncer on node3 is degraded: sends to node2, but node1 leads'],
      [
        'cluster-degraded',
        'The cluster is not whole: node3: PgBouncer is degraded (sends to node2, but node1 leads)',
      ],
    ]);
  });
});

describe('Redis', () => {
  it('the Sentinel with the newest epoch names the master', () => {
    const { state, events } = after([saw.sentinel(2000, 'node3', sentinel('node2', 1))]);
    expect(state.redis.master).toBe('node2');
    expect(events).toMatchObject([
      {
        kind: 'redis-master-changed',
        from: 'node1',
        to: 'node2',
        text: 'Redis master moved from node1 to node2',
      },
    ]);
    expect(said(state, 'node1', 'sentinel')).toBe('degraded: still names node1, the others node2');
  });

  it('without any Sentinel the only master by its own word counts', () => {
    const silent = after(
      CLUSTER.nodes.map(({ name }): Observation => ({
        kind: 'source',
        at: 2000,
        source: 'sentinel',
        node: name,
        connected: false,
      })),
    );
    const { state } = after([{ kind: 'tick', at: 4500 }], silent);
    expect(state.redis.master).toBe('node1');
    expect(said(state, 'node1', 'sentinel')).toBe('unknown: Sentinel has not been reached');
  });
});

describe('the VIP', () => {
  const taken: Observation = saw.addresses(2000, 'node3', [ADDRESS['node3']!, VIP]);
  const given: Observation = saw.addresses(2100, 'node1', [ADDRESS['node1']!]);

  it('two holders are both shown, and wrong', () => {
    const { state } = after([taken]);
    expect(state.vip.holders).toEqual(['node1', 'node3']);
    expect(said(state, 'node1', 'keepalived')).toBe('degraded: holds the VIP, and so does node3');
    expect(wholeness(state, CLUSTER).map(String)).toContain('VIP: held by node1 and node3');
  });

  it('an orderly move is one event, whichever node is heard first', () => {
    const moved = after([given, { ...taken, at: 2200 }]);
    expect(moved.events).toMatchObject([{ kind: 'vip-moved', from: 'node1', to: 'node3' }]);
    expect(moved.state.vip.holders).toEqual(['node3']);
    expect(moved.state.nodes.map(({ holdsVip }) => holdsVip)).toEqual([false, false, true]);
  });
});

describe('a source falls silent', () => {
  it('its facts become unknown after a while, those of the others stay', () => {
    const later = [
      { kind: 'tick', at: 1000 + 8_500 } as const,
      saw.raftLeader(9_500, 'node1', ADDRESS['node1']),
    ];
    const { state } = after(later);
    expect(said(state, 'node1', 'haproxy')).toBe('unknown: its statistics socket has not been reached');
    expect(said(state, 'node1', 'patroni')).toBe('ok: leader');
  });

  it('with everything silent nothing is ok any more', () => {
    const { state, events } = after([{ kind: 'tick', at: 200_000 }]);
    expect(state.nodes.flatMap((node) => node.services.map(({ health }) => health))).not.toContain('ok');
    expect(state.nodes.map(({ container }) => container)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(state.health).toBe('unknown');
    expect(events).toEqual([]);
  });

  it('a loss is told after two seconds, once, and the return once', () => {
    const lost: Observation = {
      kind: 'source',
      at: 2000,
      source: 'haproxy',
      node: 'node2',
      connected: false,
      reason: 'nothing listens',
    };
    const told = after([
      lost,
      { ...lost, at: 2500 },
      { kind: 'tick', at: 4000 },
      { kind: 'tick', at: 5000 },
      { kind: 'source', at: 6000, source: 'haproxy', node: 'node2', connected: true },
    ]).events;
    expect(told).toMatchObject([
      {
        at: 4000,
        kind: 'source-lost',
        node: 'node2',
        text: 'Source haproxy of node2 is lost: nothing listens',
      },
      { at: 6000, kind: 'source-found', node: 'node2', text: 'Source haproxy of node2 answers again' },
    ]);
    const short = after([
      lost,
      { kind: 'source', at: 2300, source: 'haproxy', node: 'node2', connected: true },
      { kind: 'tick', at: 5000 },
    ]);
    expect(short.events).toEqual([]);
  });
});

describe('nodes the cluster does not have', () => {
  it('are left out', () => {
    const before = wholeCluster();
    const { model } = reduce(before, { kind: 'container', at: 1000, node: 'gateway', state: 'stopped' });
    expect(model).toEqual(before.model);
  });
});
