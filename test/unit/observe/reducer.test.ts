import { describe, expect, it } from 'vitest';
import { initial } from '../../../src/observe/reducer';
import type { Observation } from '../../../src/services/core/live/observation';
import { wholeness } from '../../../src/observe/wholeness';
import {
  ADDRESS,
  after,
  CLUSTER,
  healthy,
  keys,
  member,
  rest,
  run,
  said,
  sentinel,
  service,
  services,
  stopped,
  VIP,
  wholeCluster,
  saw,
} from './healthy';

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
    saw.raftLeader(3500, 'node2', ADDRESS['node3']),
    saw.patroniLeader(5000, 20, undefined),
    saw.patroniLeader(5300, 22, 'node2'),
    saw.patroni(5400, 'node2', rest('node2', { role: 'primary', timeline: 2 })),
    saw.addresses(5450, 'node3', [ADDRESS['node3']!, VIP]),
    saw.sentinel(5500, 'node2', sentinel('node2', 1)),
    saw.sentinel(5500, 'node3', sentinel('node2', 1)),
  ];

  it('fails everything on it at once, and nothing else leads yet', () => {
    const { state } = after(killed);
    expect(
      new Set(state.nodes[0]!.services.map(({ health, detail }) => `${health}: ${String(detail)}`)),
    ).toEqual(new Set(['failed: node is stopped']));
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
      health: 'starting',
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
      [saw.patroniKeys(2100, 11, keys()), saw.patroni(2050, 'node1', rest('node1'))],
      paused,
    );
    for (const { state } of [paused, late]) {
      expect(
        new Set(state.nodes[0]!.services.map(({ health, detail }) => `${health}: ${String(detail)}`)),
      ).toEqual(new Set(['failed: node is paused']));
      expect(state.database.leader).toBeUndefined();
    }
    expect(service(paused.state, 'node1', 'redis').process).toBe('unknown');
  });

  it('after unpausing its claim to lead is not believed: the DCS says who leads', () => {
    const { state } = after(
      [
        saw.patroniKeys(
          8000,
          30,
          keys({
            leader: 'node2',
            members: [
              member('node1'),
              member('node2', { role: 'primary', timeline: 2, replication: undefined }),
              member('node3', { timeline: 2 }),
            ],
            sync: { leader: 'node2', standbys: ['node3'] },
          }),
        ),
        saw.raftLeader(9000, 'node2', ADDRESS['node2']),
        { kind: 'container', at: 9000, node: 'node1', state: 'running', connected: true },
        saw.processes(9010, 'node1', services()),
        saw.patroni(9020, 'node1', rest('node1')),
        saw.patroni(9020, 'node2', rest('node2', { role: 'primary', timeline: 2 })),
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
        saw.processes(8900, 'node1', services({ redis: stopped })),
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
    ['as the node itself says', saw.addresses(2000, 'node1', ['127.0.0.1'])],
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
  const lost: Observation[] = [saw.raftLeader(2000, 'node2', undefined)];

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
      saw.patroni(4000, 'node1', rest('node1', { role: 'replica' })),
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
      saw.patroni(3000, 'node2', rest('node2', { role: 'primary', timeline })),
    ];
    expect(after(claim(2)).state.database.leader).toBe('node2');
    expect(after(claim(1)).state.database.leader).toBeUndefined();
  });

  it('when it is back with the same leader nothing is told about the leader', () => {
    const { state, events } = after([...lost, saw.raftLeader(6000, 'node2', ADDRESS['node1'])]);
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
    const { state } = after([saw.patroniLeader(2000, 20, 'node2'), saw.patroniKeys(2010, 15, keys())]);
    expect(state.database.leader).toBe('node2');
  });

  it('a newer answer to all keys wins over an older one to the leader key', () => {
    const { state } = after([
      saw.patroniLeader(2000, 20, 'node2'),
      saw.patroniKeys(2010, 21, keys({ leader: 'node3' })),
    ]);
    expect(state.database.leader).toBe('node3');
  });

  it('members are matched by address when their names are not those of the nodes', () => {
    const { state } = after([
      saw.patroniKeys(
        2000,
        20,
        keys({
          leader: 'db-b',
          members: [
            member('node1', { name: 'db-a' }),
            member('node2', { name: 'db-b' }),
            member('node3', { name: 'db-c' }),
          ],
          sync: { leader: 'db-b', standbys: ['db-c'] },
        }),
      ),
    ]);
    expect(state.database.leader).toBe('node2');
    expect(state.database.syncStandby).toEqual(['node3']);
  });
});

describe('while nobody leads', () => {
  it('the followers are not told degraded one by one', () => {
    const { events } = after([
      saw.patroniLeader(2000, 20, undefined),
      { kind: 'tick', at: 2600 },
      { kind: 'tick', at: 3500 },
    ]);
    expect(kinds(events)).toEqual(['leader-changed', 'cluster-degraded']);
  });
});
