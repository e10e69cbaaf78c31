import { verbatim } from '../../../../src/words/message';
import { describe, expect, it, vi } from 'vitest';
import { FAULTS } from '../../../../src/drills/faults/fault';
import { injectFault } from '../../../../src/drills/faults/inject';
import { giveOrder } from '../../../../src/drills/orders/give-order';
import type { OrderOptions } from '../../../../src/drills/orders/give-order';
import type { OrderContext } from '../../../../src/drills/orders/order-context';
import { orderTitle, takesAway } from '../../../../src/drills/orders/order';
import type { Order } from '../../../../src/drills/orders/order';
import { LabError } from '../../../../src/lab/lab-error';
import type { NodeAction } from '../../../../src/lab/lab-service';
import type { Event } from '../../../../src/observe/event';
import type { ClusterState } from '../../../../src/observe/state';
import { TransportError } from '../../../../src/transport/transport';
import type { NodeTransport } from '../../../../src/transport/transport';
import { cluster, wholeState } from '../faults/state';

const whole = wholeState();
/** Nothing could be lost on node3, but the cluster is not whole. */
const notWhole = wholeState({ database: { ...whole.database, syncStandby: [] } });

/** Writes down every order; a hand-over moves the role as soon as it is ordered. */
function bench(state: ClusterState, moved?: ClusterState) {
  const orders: string[] = [];
  const events: Event[] = [];
  let now = state;
  let time = 5_000;
  const context: OrderContext = {
    lab: { name: 'unit', cluster: cluster() },
    labs: {
      node: async (_lab, node, action) => void orders.push(`${node} ${action}`),
      service: async (_lab, node, service, action) => void orders.push(`${node} ${service} ${action}`),
      exclusively: async (_lab, _purpose, work) => work(),
      transport: async (_lab, node) => {
        const exec: NodeTransport['exec'] = async (command) => {
          if (node === 'gateway') return { exitCode: 0, stdout: '', stderr: '' };
          orders.push(`${node}: ${command.join(' ')}`);
          now = moved ?? now;
          return { exitCode: moved ? 0 : 1, stdout: '', stderr: moved ? '' : 'no good candidate' };
        };
        return { node, exec } as NodeTransport;
      },
    },
    observer: {
      get state() {
        return now;
      },
      onState: (listener) => {
        listener(now);
        return { dispose: () => undefined };
      },
      record: (event) => void events.push(event),
    },
    now: () => (time += 10),
  };
  const give = (order: Order, options: OrderOptions = {}) => giveOrder(context, order, options);
  return { orders, events, context, give };
}

const NODE_ACTIONS: readonly NodeAction[] = [
  'start',
  'stop',
  'restart',
  'kill',
  'pause',
  'unpause',
  'disconnect',
  'connect',
];
const ORDERS: readonly (readonly [Order, 'gated' | 'free'])[] = [
  ...NODE_ACTIONS.map(
    (action) =>
      [
        { on: 'node', node: 'node3', action },
        ['start', 'unpause', 'connect'].includes(action) ? 'free' : 'gated',
      ] as const,
  ),
  [{ on: 'service', node: 'node3', service: 'haproxy', action: 'start' }, 'free'],
  [{ on: 'service', node: 'node3', service: 'haproxy', action: 'stop' }, 'gated'],
  [{ on: 'service', node: 'node3', service: 'haproxy', action: 'restart' }, 'gated'],
  [{ on: 'switchover', service: 'patroni', to: 'node2' }, 'gated'],
  [{ on: 'switchover', service: 'redis' }, 'gated'],
];
const moved = wholeState({
  database: { ...whole.database, leader: 'node2' },
  redis: { master: 'node1', replicas: ['node2', 'node3'] },
});

describe.each(ORDERS)('%j is %s:', (order, gate) => {
  it('in a whole cluster it is done', async () => {
    const { give, orders } = bench(whole, moved);
    await give(order);
    expect(orders).toHaveLength(1);
    expect(takesAway(order)).toBe(gate === 'gated');
  });

  it(`in one that is not it is ${gate === 'gated' ? 'refused' : 'done'}`, async () => {
    const { give, orders, events } = bench(notWhole, moved);
    if (gate === 'free') {
      await give(order);
      expect(orders).toHaveLength(1);
      return;
    }
    await expect(give(order)).rejects.toMatchObject({
      code: 'not-whole',
      details: { missing: ['database: no synchronous standby'] },
    });
    expect([...orders, ...events]).toEqual([]);
  });
});

it.each(ORDERS.filter(([order]) => order.on !== 'switchover'))(
  '%j is done anyway when the user wants it',
  async (order) => {
    const { give, orders } = bench(notWhole);
    await give(order, { anyway: true });
    expect(orders).toHaveLength(1);
  },
);

// Some make sense where an alternative service runs only.
const EVERYWHERE = FAULTS.filter(({ needs }) => needs === undefined);

it.each(EVERYWHERE)('fault $id is refused while the cluster is not whole, and done anyway', async (fault) => {
  const { context, orders } = bench(notWhole, notWhole);
  await expect(injectFault(context, fault)).rejects.toMatchObject({ code: 'not-whole' });
  expect(orders).toEqual([]);
  await injectFault(context, fault, { anyway: true });
  expect(orders).toHaveLength(1);
});

describe('what serves nobody any more', () => {
  const broken = (changes: Partial<ClusterState['nodes'][number]>): ClusterState =>
    wholeState({
      nodes: whole.nodes.map((node) => (node.name === 'node3' ? { ...node, ...changes } : node)),
    });
  const downService = (health: 'failed' | 'ok', process: 'up' | 'down') =>
    broken({
      services: (whole.nodes[2]?.services ?? []).map((entry) =>
        entry.service === 'redis' ? { ...entry, health, process } : entry,
      ),
    });
  const restartRedis: Order = { on: 'service', node: 'node3', service: 'redis', action: 'restart' };

  it.each<[string, ClusterState, Order]>([
    ['a paused node', broken({ container: 'paused' }), { on: 'node', node: 'node3', action: 'restart' }],
    ['a node that is cut off', broken({ connected: false }), { on: 'node', node: 'node3', action: 'stop' }],
    ['a failed service', downService('failed', 'up'), restartRedis],
    ['a stopped service', downService('failed', 'down'), restartRedis],
  ])('%s is not guarded: that may be how it is repaired', async (_case, state, order) => {
    const { give, orders } = bench(state);
    await give(order);
    expect(orders).toHaveLength(1);
  });

  it('protects only itself: another node is still guarded', async () => {
    const { give } = bench(broken({ container: 'paused' }));
    await expect(give({ on: 'node', node: 'node1', action: 'stop' })).rejects.toMatchObject({
      code: 'not-whole',
      details: {
        missing: expect.arrayContaining(['node3: the node is paused']) as unknown,
        atStake: [
          'Consul keeps 1 of 3 voting servers, which is no majority: nobody can lead the database, and no write is acknowledged until another server is back.',
          '1 of 3 Sentinels are left, which is no majority: no other Redis is promoted when the master fails.',
        ],
      },
    });
  });
});

describe('the timeline', () => {
  it.each<[Order, readonly string[]]>([
    [{ on: 'node', node: 'node3', action: 'kill' }, ['fault-injected Kill node3']],
    [{ on: 'node', node: 'node3', action: 'stop' }, ['order-given Stop node3']],
    [
      { on: 'node', node: 'node3', action: 'start' },
      ['order-given Start node3', 'fault-healed Start node3: done'],
    ],
    [
      { on: 'service', node: 'node1', service: 'pgbouncer', action: 'restart' },
      ['order-given Restart PgBouncer on node1'],
    ],
    [
      { on: 'switchover', service: 'patroni', to: 'node2' },
      ['order-given Hand over the database leader to node2'],
    ],
  ])('of %j', async (order, expected) => {
    const { give, events } = bench(whole, moved);
    await give(order);
    expect(events.map(({ kind, text }) => `${kind} ${String(text)}`)).toEqual(expected);
  });

  it('begins once the client that is to feel it writes', async () => {
    const { give, orders, events } = bench(whole);
    let seen: unknown;
    const ready = async (): Promise<void> => void (seen = [orders.length, events.length]);
    await give({ on: 'node', node: 'node3', action: 'kill' }, { ready });
    expect(seen).toEqual([0, 0]);
  });

  it('tells an order that failed half-way, which is taken back', async () => {
    const { context, events } = bench(whole);
    const broken = new LabError('docker-failed', verbatim('The connection broke.'), verbatim('Try again.'));
    const done: string[] = [];
    const labs: OrderContext['labs'] = {
      ...context.labs,
      node: async (_lab, _node, action) => {
        done.push(action);
        if (done.length === 1) throw broken;
      },
    };
    const order: Order = { on: 'node', node: 'node3', action: 'stop' };
    await expect(giveOrder({ ...context, labs }, order)).rejects.toBe(broken);
    expect(done).toEqual(['stop', 'start']);
    expect(events.map(({ text }) => text)).toEqual(['Stop node3', 'Stop node3: could not be done']);
  });
});

describe('what could be lost', () => {
  it.each<[string, Order, boolean]>([
    ['by a node that is killed', { on: 'node', node: 'node2', action: 'kill' }, true],
    [
      'by a service that is stopped',
      { on: 'service', node: 'node2', service: 'redis', action: 'stop' },
      true,
    ],
    ['by a hand-over, which waits for the others', { on: 'switchover', service: 'redis' }, false],
    ['by a start', { on: 'node', node: 'node2', action: 'start' }, false],
  ])('%s', async (_, order, told) => {
    const { give, orders } = bench(whole, moved);
    const before: number[] = [];
    await give(order, { onStake: () => void before.push(orders.length) });
    expect(before).toEqual(told ? [0] : []);
  });
});

describe('a hand-over', () => {
  it('of the database is ordered on the leader, of the node that is named', async () => {
    const { give, orders } = bench(whole, moved);
    await give({ on: 'switchover', service: 'patroni', to: 'node2' });
    expect(orders).toEqual(['node1: gitlab-ctl patroni switchover --leader node1 --candidate node2']);
  });

  it.each([
    ['the likeliest one of it', undefined, 'node2'],
    ['any of it that is named', 'node3', 'node3'],
  ])('of the database whose standbys are a quorum goes to %s', async (_case, to, taker) => {
    const quorum = { members: ['node2', 'node3'], acknowledging: 1 };
    const { give, orders } = bench(
      wholeState({ database: { ...whole.database, syncStandby: [], quorum } }),
      moved,
    );
    await give({ on: 'switchover', service: 'patroni', ...(to !== undefined && { to }) });
    expect(orders).toEqual([`node1: gitlab-ctl patroni switchover --leader node1 --candidate ${taker}`]);
  });

  it('of Redis is asked of the Sentinel beside the master, its password read on the node', async () => {
    const { give, orders } = bench(whole, moved);
    await give({ on: 'switchover', service: 'redis' });
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatch(
      /^node2: bash -c [^]*\nsentinel FAILOVER "\$name" [^]* switchover 6379 26379 gitlab-redis /,
    );
    expect(orders[0]).toMatch(/ switchover 6379 26379 gitlab-redis \/opt\/gitlab\/lab\/secret redis$/);
  });

  it.each<[string, Order, ClusterState, string]>([
    [
      'to a node that is not in sync',
      { on: 'switchover', service: 'patroni', to: 'node3' },
      whole,
      'Choose one of: node2.',
    ],
    [
      'that nobody can choose',
      { on: 'switchover', service: 'redis', to: 'node1' },
      whole,
      'Leave the node out.',
    ],
    [
      'while nobody leads',
      { on: 'switchover', service: 'patroni' },
      wholeState({ database: { ...whole.database, leader: undefined } }),
      'Wait until somebody is.',
    ],
  ])('%s is refused', async (_case, order, state, remedy) => {
    const { give, orders } = bench(state, moved);
    await expect(give(order, { anyway: true })).rejects.toMatchObject({ code: 'no-node', remedy });
    expect(orders).toEqual([]);
  });

  it.each<[string, 'user' | 'limit', string, string]>([
    [
      'is given up when the user has enough',
      'user',
      'cancelled',
      'Cancelled while node1 was told to hand over as database leader: another node may lead soon.',
    ],
    [
      'is given up after a minute',
      'limit',
      'not-healthy',
      'node1 did not say within 60 s that it hands over as database leader.',
    ],
  ])('whose program hangs %s', async (_case, who, code, message) => {
    const { context } = bench(whole);
    const limit = new AbortController();
    const abort = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
    const hanging: NodeTransport['exec'] = (_command, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new TransportError('aborted', 'node1', 'ended')));
        (who === 'user' ? abort : limit).abort();
      });
    const transport = async (_lab: string, node: string) => ({ node, exec: hanging }) as NodeTransport;
    const hung = giveOrder(
      { ...context, labs: { ...context.labs, transport } },
      { on: 'switchover', service: 'patroni' },
      { anyway: true, signal: abort.signal },
    );
    await expect(hung).rejects.toMatchObject({ code, message });
    expect(timeout.mock.calls).toEqual([[60_000]]);
    timeout.mockRestore();
  });

  it('that the program refuses is told with its words', async () => {
    const { give } = bench(whole);
    await expect(give({ on: 'switchover', service: 'patroni' })).rejects.toMatchObject({
      code: 'docker-failed',
      message: 'node1 did not hand over as database leader: no good candidate',
    });
  });
});

it.each<[Order, string]>([
  [{ on: 'node', node: 'node1', action: 'disconnect' }, 'Cut node1 from the network'],
  [{ on: 'node', node: 'node1', action: 'unpause' }, 'Unpause node1'],
  [
    { on: 'service', node: 'node1', service: 'patroni', action: 'stop' },
    'Stop PostgreSQL (Patroni) on node1',
  ],
  [{ on: 'switchover', service: 'redis' }, 'Hand over the Redis master'],
])('%j is called "%s"', (order, title) => {
  expect(orderTitle(order).toString()).toBe(title);
});
