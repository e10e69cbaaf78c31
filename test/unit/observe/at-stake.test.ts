import { describe, expect, it } from 'vitest';
import { atStake } from '../../../src/observe/at-stake';
import type { Taken } from '../../../src/observe/at-stake';
import type { ClusterState } from '../../../src/observe/state';
import type { ServiceId } from '../../../src/services/registry';
import { verbatim } from '../../../src/words/message';
import { cluster, wholeState } from '../drills/faults/state';

const whole = wholeState();

/** The whole cluster, with nodes that are stopped. */
function without(...names: readonly string[]): ClusterState {
  const left = (all: readonly string[]) => all.filter((name) => !names.includes(name));
  return wholeState({
    nodes: whole.nodes.map((node) => (names.includes(node.name) ? { ...node, container: 'stopped' } : node)),
    database: {
      ...whole.database,
      syncStandby: left(whole.database.syncStandby),
      streaming: left(whole.database.streaming),
    },
    redis: { ...whole.redis, replicas: left(whole.redis.replicas) },
    consul: { ...whole.consul, voters: left(whole.consul.voters) },
  });
}

const REDIS =
  'node2 is the Redis master. Redis replicates asynchronously and, as in the package, keeps no log of its writes: those acknowledged in the last moments can be lost when the master goes.';
const NO_RAFT =
  'Consul keeps 1 of 3 voting servers, which is no majority: nobody can lead the database, and no write is acknowledged until another server is back.';
const NO_SENTINELS =
  '1 of 3 Sentinels are left, which is no majority: no other Redis is promoted when the master fails.';
const NO_HEIR =
  'node1 leads the database and no synchronous standby can take over: no write is acknowledged until it is back. If its data is lost, so is every write since the last standby went.';

/** The database of a cluster in quorum mode: any of these acknowledges, none by name. */
function ofQuorum(state: ClusterState, members: readonly string[]): ClusterState {
  return {
    ...state,
    database: { ...state.database, syncStandby: [], quorum: { members, acknowledging: 1 } },
  };
}

describe('what is at stake', () => {
  it.each<[string, ClusterState, Taken, readonly string[]]>([
    ['a replica of a whole cluster', whole, { node: 'node3' }, []],
    ['the leader of a whole cluster', whole, { node: 'node1' }, []],
    ['the Redis master of a whole cluster', whole, { node: 'node2' }, [REDIS]],
    [
      'the last standby',
      without('node3'),
      { node: 'node2', service: 'patroni' },
      ['node1 leads the database alone: if it fails next, nobody can take over.'],
    ],
    ['the Redis master alone', whole, { node: 'node2', service: 'redis' }, [REDIS]],
    ['one of two nodes that are left', without('node3'), { node: 'node1' }, [NO_RAFT, NO_SENTINELS]],
    ['the leader without a standby', without('node2'), { node: 'node1' }, [NO_HEIR, NO_RAFT, NO_SENTINELS]],
    [
      'the leader without a standby, its service only',
      without('node2'),
      { node: 'node1', service: 'patroni' },
      [NO_HEIR],
    ],
    ['the leader of a quorum', ofQuorum(whole, ['node2', 'node3']), { node: 'node1' }, []],
    [
      'the leader of a quorum whose last standby goes with a node that is stopped',
      ofQuorum(without('node2'), ['node2']),
      { node: 'node1', service: 'patroni' },
      [NO_HEIR.replace('synchronous standby', 'standby of the quorum')],
    ],
    [
      'the Redis master without a replica',
      without('node1', 'node3'),
      { node: 'node2', service: 'redis' },
      [
        'node2 is the Redis master and no replica follows it: Redis is gone until it is back, and after a crash every write since its last snapshot is lost.',
      ],
    ],
    [
      'the last proxy',
      without('node1', 'node3'),
      { node: 'node2', service: 'haproxy' },
      ['No HAProxy is left: no client is served.'],
    ],
    [
      'the last pooler',
      without('node1', 'node3'),
      { node: 'node2', service: 'pgbouncer' },
      ['No PgBouncer is left: no client reaches the database.'],
    ],
    [
      'the last that can hold the VIP',
      without('node1', 'node3'),
      { node: 'node2', service: 'keepalived' },
      ['No node is left that can take the virtual address: no client is served.'],
    ],
    [
      'a service that has nothing to lose',
      without('node1'),
      { node: 'node2', service: 'redis-exporter' },
      [],
    ],
  ])('%s', (_case, state, taken, expected) => {
    expect(atStake(taken, state, cluster())).toEqual(expected);
  });
});

describe('what is at stake with the last of many that are alike', () => {
  const nodes = whole.nodes.map(({ name }) => name);
  const layer = { enabled: true, nodes };
  const all = cluster();
  const stack = { ...all, layers: { ...all.layers, git: layer, application: layer } };
  const running = (service: ServiceId, well: readonly string[]): ClusterState => ({
    ...whole,
    nodes: whole.nodes.map((node) => {
      const process = well.includes(node.name) ? 'up' : 'down';
      const one = { service, health: 'ok', process, detail: verbatim('it runs'), facts: {} } as const;
      return { ...node, services: [...node.services, one] };
    }),
  });

  it.each<[ServiceId, string]>([
    ['praefect', 'No Praefect is left: no repository can be read or written.'],
    ['puma', 'No Puma is left: no page loads, and no push is taken.'],
    ['gitlab-workhorse', 'No Workhorse is left: no page loads, and Git over HTTP does not work.'],
    ['nginx', 'No nginx is left: no page loads, and Git over HTTP does not work.'],
    ['sidekiq', 'No Sidekiq is left: jobs wait.'],
    ['gitlab-sshd', 'No gitlab-sshd is left: Git over SSH does not work.'],
  ])('%s', (service, sentence) => {
    const taken = { node: 'node1', service };
    expect(atStake(taken, running(service, nodes), stack)).toEqual([]);
    expect(atStake(taken, running(service, ['node1', 'node3']), stack)).toEqual([]);
    expect(atStake(taken, running(service, ['node1']), stack).map(String)).toEqual([sentence]);
  });
});
