import { describe, expect, it } from 'vitest';
import { initial, reduce } from '../../../src/observe/reducer';
import type { Reduced } from '../../../src/observe/reducer';
import type { Observation } from '../../../src/observe/observation';
import type { ClusterState, ServiceState } from '../../../src/observe/state';
import { wholeness } from '../../../src/observe/wholeness';
import {
  ADDRESS,
  CLUSTER,
  healthy,
  keys,
  member,
  redis,
  rest,
  run,
  running,
  sentinel,
  server,
  services,
  stopped,
  VIP,
  wholeCluster,
} from './healthy';

function service(state: ClusterState, node: string, id: string): ServiceState {
  return state.nodes
    .find(({ name }) => name === node)!
    .services.find((candidate) => candidate.service === id)!;
}
const said = (state: ClusterState, node: string, id: string): string => {
  const { health, detail } = service(state, node, id);
  return `${health}: ${detail}`;
};
const after = (observations: readonly Observation[], from: Reduced = wholeCluster()) =>
  run(observations, from);
const kinds = (events: readonly { kind: string }[]): string[] => events.map(({ kind }) => kind);

describe('before the first observation', () => {
  it('everything is unknown', () => {
    const { state } = initial('sample', CLUSTER);
    expect(state.health).toBe('unknown');
    expect(new Set(state.nodes.flatMap((node) => node.services.map(({ health }) => health)))).toEqual(
      new Set(['unknown']),
    );
    expect(
      state.nodes.map(({ container, connected, holdsVip }) => ({ container, connected, holdsVip })),
    ).toEqual(
      Array.from({ length: 3 }, () => ({ container: 'unknown', connected: undefined, holdsVip: undefined })),
    );
    expect(state.database).toEqual({
      leader: undefined,
      syncStandby: [],
      timeline: undefined,
      streaming: [],
    });
  });
});

describe('a whole cluster', () => {
  it('is ok everywhere, with roles and facts', () => {
    const { state } = wholeCluster();
    expect(wholeness(state, CLUSTER)).toEqual([]);
    expect(state.health).toBe('ok');
    expect(state.nodes[0]!.services.map(({ service: id, role, detail }) => [id, role, detail])).toEqual([
      ['consul', 'leader', 'Raft leader'],
      ['patroni', 'leader', 'leader'],
      ['pgbouncer', undefined, 'sends to node1'],
      ['redis', 'master', 'master'],
      ['sentinel', 'member', 'watches node1'],
      ['haproxy', undefined, 'every backend has a server'],
      ['keepalived', 'active', 'holds the VIP'],
    ]);
    expect(state.nodes[1]!.services.map(({ role, detail }) => [role, detail])).toEqual([
      ['voter', 'voter'],
      ['sync-standby', 'synchronous standby of node1'],
      [undefined, 'sends to node1'],
      ['replica', 'replica of node1'],
      ['member', 'watches node1'],
      [undefined, 'every backend has a server'],
      ['backup', 'backup, node1 holds the VIP'],
    ]);
    expect(state.database).toEqual({
      leader: 'node1',
      syncStandby: ['node2'],
      timeline: 1,
      streaming: ['node1', 'node2', 'node3'],
    });
    expect(state.redis).toEqual({ master: 'node1', replicas: ['node2', 'node3'] });
    expect(state.consul).toEqual({ leader: 'node1', voters: ['node1', 'node2', 'node3'] });
    expect(service(state, 'node1', 'patroni').facts).toEqual({
      PostgreSQL: '17.6',
      Patroni: '4.0.7',
      State: 'running',
      Timeline: '1',
      PID: '101',
    });
  });

  it('is found without a single event about its members', () => {
    expect(kinds(run(healthy(1000)).events)).toEqual([]);
  });

  it('stays silent when everything is said again', () => {
    const once = wholeCluster();
    const again = after(healthy(2000), once);
    expect(again.events).toEqual([]);
    expect({ ...again.state, at: 0 }).toEqual({ ...once.state, at: 0 });
  });
});

describe('the leading node is killed', () => {
  const killed: Observation[] = [{ kind: 'container', at: 2000, node: 'node1', state: 'stopped' }];
  const failover: Observation[] = [
    { kind: 'consul-leader', at: 3500, via: 'node2', address: ADDRESS['node3'] },
    { kind: 'patroni-leader', at: 5000, index: 20, leader: undefined },
    { kind: 'patroni-leader', at: 5300, index: 22, leader: 'node2' },
    { kind: 'patroni', at: 5400, node: 'node2', answer: rest('node2', { role: 'primary', timeline: 2 }) },
    { kind: 'addresses', at: 5450, node: 'node3', addresses: [ADDRESS['node3']!, VIP] },
    { kind: 'sentinel', at: 5500, node: 'node2', view: sentinel('node2', 1) },
    { kind: 'sentinel', at: 5500, node: 'node3', view: sentinel('node2', 1) },
  ];

  it('fails everything on it at once, and nothing else leads yet', () => {
    const { state } = after(killed);
    expect(new Set(state.nodes[0]!.services.map(({ health, detail }) => `${health}: ${detail}`))).toEqual(
      new Set(['failed: node is stopped']),
    );
    expect(state.database.leader).toBeUndefined();
    expect(state.vip.holders).toEqual([]);
    expect(state.redis.master).toBeUndefined();
    expect(state.health).toBe('failed');
    expect(said(state, 'node2', 'patroni')).toBe('degraded: runs, but there is no leader to follow');
  });

  it('is told as one story without repetitions', () => {
    const { state, events } = after([...killed, { kind: 'tick', at: 3000 }, ...failover]);
    expect(state.database.leader).toBe('node2');
    expect(state.database.timeline).toBe(2);
    expect(
      events
        .filter(({ kind }) => !['health-changed', 'cluster-degraded', 'sync-standby-changed'].includes(kind))
        .map(({ kind, from, to }) => [kind, from, to]),
    ).toEqual([
      ['node-down', 'running', 'stopped'],
      ['leader-changed', 'node1', undefined],
      ['redis-master-changed', 'node1', undefined],
      ['vip-moved', 'node1', undefined],
      ['consul-leader-changed', 'node1', 'node3'],
      ['leader-changed', 'node1', 'node2'],
      ['vip-moved', 'node1', 'node3'],
      ['redis-master-changed', 'node1', 'node2'],
    ]);
  });

  it('does not show the old facts of the node when it is started again', () => {
    const back = after([
      ...killed,
      ...failover,
      { kind: 'container', at: 9000, node: 'node1', state: 'running', connected: true },
    ]);
    const { services: list } = back.state.nodes[0]!;
    expect(list.map(({ health }) => health)).not.toContain('failed');
    expect(service(back.state, 'node1', 'redis')).toMatchObject({
      health: 'unknown',
      process: 'unknown',
      detail: 'Redis has not been reached',
    });
    expect(kinds(back.events)).toContain('node-up');
    expect(back.state.database.leader).toBe('node2');
  });
});

describe('the leading node is paused', () => {
  const paused = after([{ kind: 'container', at: 2000, node: 'node1', state: 'paused' }]);

  it('none of its services is ok, whatever Consul still believes', () => {
    const late = after(
      [
        { kind: 'patroni-keys', at: 2100, index: 11, keys: keys() },
        { kind: 'patroni', at: 2050, node: 'node1', answer: rest('node1') },
      ],
      paused,
    );
    for (const { state } of [paused, late]) {
      expect(new Set(state.nodes[0]!.services.map(({ health, detail }) => `${health}: ${detail}`))).toEqual(
        new Set(['failed: node is paused']),
      );
      expect(state.database.leader).toBeUndefined();
    }
    expect(service(paused.state, 'node1', 'redis').process).toBe('unknown');
  });

  it('after unpausing its claim to lead is not believed: the DCS says who leads', () => {
    const { state } = after(
      [
        {
          kind: 'patroni-keys',
          at: 8000,
          index: 30,
          keys: keys({
            leader: 'node2',
            members: [
              member('node1'),
              member('node2', { role: 'primary', timeline: 2, replication: undefined }),
              member('node3', { timeline: 2 }),
            ],
            sync: { leader: 'node2', standbys: ['node3'] },
          }),
        },
        { kind: 'consul-leader', at: 9000, via: 'node2', address: ADDRESS['node2'] },
        { kind: 'container', at: 9000, node: 'node1', state: 'running', connected: true },
        { kind: 'services', at: 9010, node: 'node1', services: services() },
        { kind: 'patroni', at: 9020, node: 'node1', answer: rest('node1') },
        { kind: 'patroni', at: 9020, node: 'node2', answer: rest('node2', { role: 'primary', timeline: 2 }) },
      ],
      paused,
    );
    expect(state.database.leader).toBe('node2');
    expect(said(state, 'node1', 'patroni')).toBe(
      'degraded: still says it leads, but node2 holds the leader key',
    );
    expect(service(state, 'node1', 'patroni').role).toBe('replica');
    expect(state.database.streaming).toEqual(['node2', 'node3']);
  });

  it('what a probe noticed just before the engine said "running" again is kept', () => {
    const { state } = after(
      [
        { kind: 'services', at: 8900, node: 'node1', services: services({ redis: stopped }) },
        { kind: 'container', at: 9000, node: 'node1', state: 'running' },
      ],
      paused,
    );
    expect(said(state, 'node1', 'redis')).toBe('failed: stopped by an administrator');
  });
});

describe('a node is cut from the network', () => {
  it.each<[string, Observation]>([
    ['as the engine says', { kind: 'container', at: 2000, node: 'node1', connected: false }],
    ['as the node itself says', { kind: 'addresses', at: 2000, node: 'node1', addresses: ['127.0.0.1'] }],
  ])('%s', (_, cut) => {
    const { state, events } = after([cut]);
    expect(state.nodes[0]).toMatchObject({ container: 'running', connected: false, health: 'failed' });
    expect(said(state, 'node1', 'patroni')).toBe('failed: node is cut from the network');
    expect(service(state, 'node1', 'patroni').process).toBe('up');
    expect(state.database.leader).toBeUndefined();
    expect(kinds(events)).toEqual(['node-cut']);
  });

  it('is told again when it is attached', () => {
    const { events } = after([
      { kind: 'container', at: 2000, node: 'node3', connected: false },
      { kind: 'container', at: 2400, node: 'node3', connected: true },
    ]);
    expect(kinds(events)).toEqual(['node-cut', 'node-reconnected']);
  });
});

describe('Consul has no quorum', () => {
  const lost: Observation[] = [{ kind: 'consul-leader', at: 2000, via: 'node2', address: undefined }];

  it('Consul is failed everywhere and the nodes themselves say who leads', () => {
    const { state } = after(lost);
    expect(said(state, 'node2', 'consul')).toBe('failed: no Raft leader: Consul has lost its quorum');
    expect(state.database.leader).toBe('node1');
    expect(said(state, 'node1', 'patroni')).toBe(
      'degraded: leads by its own word only: Consul has no quorum',
    );
    expect(state.database.streaming).toEqual(['node1', 'node2', 'node3']);
    expect(state.consul).toEqual({ leader: undefined, voters: [] });
  });

  it('a leader that demoted itself leaves nobody', () => {
    const { state, events } = after([
      ...lost,
      { kind: 'patroni', at: 4000, node: 'node1', answer: rest('node1', { role: 'replica' }) },
      { kind: 'tick', at: 4600 },
    ]);
    expect(state.database.leader).toBeUndefined();
    expect(state.health).toBe('failed');
    expect(events.filter(({ kind }) => kind === 'leader-changed')).toMatchObject([
      { from: 'node1', text: 'No database leader since node1 gave it up or was lost' },
    ]);
  });

  it('of two that say they lead, the newer timeline is believed, and equals are not', () => {
    const claim = (timeline: number): Observation[] => [
      ...lost,
      { kind: 'patroni', at: 3000, node: 'node2', answer: rest('node2', { role: 'primary', timeline }) },
    ];
    expect(after(claim(2)).state.database.leader).toBe('node2');
    expect(after(claim(1)).state.database.leader).toBeUndefined();
  });

  it('when it is back with the same leader nothing is told about the leader', () => {
    const { state, events } = after([
      ...lost,
      { kind: 'consul-leader', at: 6000, via: 'node2', address: ADDRESS['node1'] },
    ]);
    expect(state.database.leader).toBe('node1');
    expect(events.filter(({ kind }) => kind === 'leader-changed')).toEqual([]);
  });
});

describe('no Consul agent can be asked', () => {
  it('nothing that only Consul knows stays ok; the databases are judged by their own word', () => {
    const { state } = after([
      { kind: 'source', at: 2000, source: 'consul', connected: false, reason: 'refused' },
      { kind: 'tick', at: 4500 },
    ]);
    expect(said(state, 'node1', 'consul')).toBe('unknown: no Consul agent answers');
    expect(said(state, 'node1', 'patroni')).toBe('unknown: says it leads; Consul cannot be asked');
    expect(state.database.leader).toBe('node1');
  });
});

describe("Consul's answers in any order", () => {
  it('an older answer does not take back a newer leader', () => {
    const { state } = after([
      { kind: 'patroni-leader', at: 2000, index: 20, leader: 'node2' },
      { kind: 'patroni-keys', at: 2010, index: 15, keys: keys() },
    ]);
    expect(state.database.leader).toBe('node2');
  });

  it('a newer answer to all keys wins over an older one to the leader key', () => {
    const { state } = after([
      { kind: 'patroni-leader', at: 2000, index: 20, leader: 'node2' },
      { kind: 'patroni-keys', at: 2010, index: 21, keys: keys({ leader: 'node3' }) },
    ]);
    expect(state.database.leader).toBe('node3');
  });

  it('members are matched by address when their names are not those of the nodes', () => {
    const { state } = after([
      {
        kind: 'patroni-keys',
        at: 2000,
        index: 20,
        keys: keys({
          leader: 'db-b',
          members: [
            member('node1', { name: 'db-a' }),
            member('node2', { name: 'db-b' }),
            member('node3', { name: 'db-c' }),
          ],
          sync: { leader: 'db-b', standbys: ['db-c'] },
        }),
      },
    ]);
    expect(state.database.leader).toBe('node2');
    expect(state.database.syncStandby).toEqual(['node3']);
  });
});

describe('services', () => {
  it.each<[string, Observation, string, string, string]>([
    [
      'stopped by hand',
      { kind: 'services', at: 2000, node: 'node2', services: services({ redis: stopped }) },
      'node2',
      'redis',
      'failed: stopped by an administrator',
    ],
    [
      'crashed',
      {
        kind: 'services',
        at: 2000,
        node: 'node2',
        services: services({ haproxy: { state: 'finish', pid: 0, wanted: 'up' } }),
      },
      'node2',
      'haproxy',
      'failed: crashed; runit starts it again',
    ],
    [
      'killed Keepalived that leaves the address behind',
      { kind: 'services', at: 2000, node: 'node1', services: services({ keepalived: stopped }) },
      'node1',
      'keepalived',
      `failed: stopped by an administrator; the node still carries ${VIP}`,
    ],
    [
      'a PgBouncer that follows the wrong node',
      { kind: 'pgbouncer', at: 2000, node: 'node3', hosts: [ADDRESS['node2']!] },
      'node3',
      'pgbouncer',
      'degraded: sends to node2, but node1 leads',
    ],
    [
      'a PgBouncer whose helper is down',
      { kind: 'services', at: 2000, node: 'node3', services: services({ 'pgbouncer-watch': stopped }) },
      'node3',
      'pgbouncer',
      'degraded: sends to node1; would not notice a new leader (pgbouncer-watch is down)',
    ],
    [
      'a replica that reads the archive',
      {
        kind: 'patroni',
        at: 2000,
        node: 'node3',
        answer: rest('node3', { replication: 'in archive recovery' }),
      },
      'node3',
      'patroni',
      'degraded: does not stream from node1 (in archive recovery)',
    ],
    [
      'PostgreSQL that crashed under its Patroni',
      { kind: 'patroni', at: 2000, node: 'node2', answer: rest('node2', { state: 'crashed' }) },
      'node2',
      'patroni',
      'failed: PostgreSQL: crashed',
    ],
    [
      'a Redis that does not answer',
      { kind: 'redis', at: 2000, node: 'node2', info: undefined },
      'node2',
      'redis',
      'failed: Redis does not answer',
    ],
    [
      'a Redis whose link is down',
      { kind: 'redis', at: 2000, node: 'node2', info: { ...redis('node2'), linkUp: false } },
      'node2',
      'redis',
      'degraded: link to node1 is down',
    ],
    [
      'a second Redis master',
      { kind: 'redis', at: 2000, node: 'node2', info: redis('node2', 'node2') },
      'node2',
      'redis',
      'degraded: still says it is master, but Sentinel names node1',
    ],
    [
      'a Sentinel that lost a peer',
      { kind: 'sentinel', at: 2000, node: 'node2', view: { ...sentinel(), otherSentinels: 1 } },
      'node2',
      'sentinel',
      'degraded: knows 1 of 2 other Sentinels',
    ],
    [
      'a Sentinel that holds the master for down',
      { kind: 'sentinel', at: 2000, node: 'node2', view: sentinel('node1', 0, ['master', 's_down']) },
      'node2',
      'sentinel',
      'degraded: holds node1 for down',
    ],
    [
      'an HAProxy with a dead backend',
      {
        kind: 'haproxy',
        at: 2000,
        node: 'node2',
        rows: [
          { proxy: 'redis', name: 'node1', status: 'DOWN 1/2', sessions: 0, check: 'L4TOUT' },
          { proxy: 'redis', name: 'BACKEND', status: 'DOWN', sessions: 0, check: undefined },
        ],
      },
      'node2',
      'haproxy',
      'degraded: no server up in redis',
    ],
    [
      'a Consul server that does not vote',
      {
        kind: 'consul-servers',
        at: 2000,
        servers: [server('node1'), server('node2', { voter: false }), server('node3')],
        failureTolerance: 0,
      },
      'node2',
      'consul',
      'degraded: alive, not a voter yet',
    ],
    [
      'a Consul server its peers cannot reach',
      {
        kind: 'consul-servers',
        at: 2000,
        servers: [server('node1'), server('node2', { serf: 'failed', healthy: false }), server('node3')],
        failureTolerance: 0,
      },
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
      { kind: 'services', at: 2000, node: 'node2', services: services({ redis: stopped }) },
      { kind: 'services', at: 2100, node: 'node2', services: services({ redis: stopped }) },
      { kind: 'services', at: 2500, node: 'node2', services: services({ redis: running(900) }) },
      { kind: 'services', at: 2600, node: 'node2', services: services({ redis: running(901) }) },
    ]);
    expect(told.events.map(({ kind, node, service: id, text }) => [kind, node, id, text])).toEqual([
      ['service-down', 'node2', 'redis', 'Redis on node2: stopped by an administrator'],
      ['service-up', 'node2', 'redis', 'Redis on node2 runs'],
      ['service-up', 'node2', 'redis', 'Redis on node2 was started anew'],
    ]);
  });

  it('a health that passes within a second is not told, one that stays is told once', () => {
    const wrong: Observation = { kind: 'pgbouncer', at: 2000, node: 'node3', hosts: [ADDRESS['node2']!] };
    const right: Observation = { kind: 'pgbouncer', at: 2200, node: 'node3', hosts: [ADDRESS['node1']!] };
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
    const { state, events } = after([
      { kind: 'sentinel', at: 2000, node: 'node3', view: sentinel('node2', 1) },
    ]);
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
  const taken: Observation = {
    kind: 'addresses',
    at: 2000,
    node: 'node3',
    addresses: [ADDRESS['node3']!, VIP],
  };
  const given: Observation = { kind: 'addresses', at: 2100, node: 'node1', addresses: [ADDRESS['node1']!] };

  it('two holders are both shown, and wrong', () => {
    const { state } = after([taken]);
    expect(state.vip.holders).toEqual(['node1', 'node3']);
    expect(said(state, 'node1', 'keepalived')).toBe('degraded: holds the VIP, and so does node3');
    expect(wholeness(state, CLUSTER)).toContain('VIP: held by node1 and node3');
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
      { kind: 'consul-leader', at: 9_500, via: 'node1', address: ADDRESS['node1'] } as const,
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
