import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/observe/observation';
import { initial, reduce } from '../../../src/observe/reducer';
import { wholeness } from '../../../src/observe/wholeness';
import {
  ADDRESS,
  CLUSTER,
  HAPROXY,
  healthy,
  keys,
  redis,
  rest,
  run,
  running,
  sentinel,
  server,
  services,
  stopped,
  VIP,
} from './healthy';

const at = fc.integer({ min: 0, max: 60_000 });
const node = fc.constantFrom('node1', 'node2', 'node3', 'nobody');
const known = fc.constantFrom('node1', 'node2', 'node3');
const address = fc.constantFrom(...Object.values(ADDRESS), VIP, '10.9.9.9');
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

const observation: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({ kind: fc.constant('tick' as const), at }),
  fc.record(
    {
      kind: fc.constant('source' as const),
      at,
      source: fc.constantFrom('docker', 'node', 'consul', 'patroni', 'sentinel', 'redis', 'haproxy'),
      node,
      connected: fc.boolean(),
    },
    { requiredKeys: ['kind', 'at', 'source', 'connected'] },
  ) as fc.Arbitrary<Observation>,
  fc.record({
    kind: fc.constant('container' as const),
    at,
    node,
    state: fc.constantFrom('running', 'paused', 'stopped', 'missing', 'unknown'),
    connected: maybe(fc.boolean()),
  }),
  fc.record({
    kind: fc.constant('services' as const),
    at,
    node,
    services: fc.constantFrom({}, services(), services({ patroni: stopped, redis: running(7) })),
  }),
  fc.record({
    kind: fc.constant('addresses' as const),
    at,
    node,
    addresses: fc.array(address, { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('pgbouncer' as const),
    at,
    node,
    hosts: fc.array(address, { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('patroni' as const),
    at,
    node,
    answer: maybe(known.map((name) => rest(name, { timeline: name === 'node3' ? 4 : 1 }))),
  }),
  fc.record({
    kind: fc.constant('redis' as const),
    at,
    node,
    info: maybe(fc.tuple(known, known).map(([self, master]) => redis(self, master))),
  }),
  fc.record({
    kind: fc.constant('sentinel' as const),
    at,
    node,
    view: fc.tuple(known, fc.nat(3)).map(([master, epoch]) => sentinel(master, epoch)),
  }),
  fc.record({ kind: fc.constant('haproxy' as const), at, node, rows: fc.subarray([...HAPROXY]) }),
  fc.record({ kind: fc.constant('consul-leader' as const), at, via: known, address: maybe(address) }),
  fc.record({
    kind: fc.constant('consul-servers' as const),
    at,
    servers: fc.subarray(['node1', 'node2', 'node3'].map((name) => server(name))),
    failureTolerance: maybe(fc.nat(1)),
  }),
  fc.record({
    kind: fc.constant('patroni-keys' as const),
    at,
    index: fc.nat(9),
    keys: maybe(known).map((leader) => keys({ leader })),
  }),
  fc.record({ kind: fc.constant('patroni-leader' as const), at, index: fc.nat(9), leader: maybe(node) }),
);

const history = fc.array(observation, { maxLength: 60 });

describe('any observations in any order', () => {
  it('never throw, keep plain data, and never show a node that does not run as well', () => {
    fc.assert(
      fc.property(history, (observations) => {
        const { model, state } = run(observations);
        expect(structuredClone(model)).toEqual(model);
        expect(JSON.parse(JSON.stringify(state))).toEqual(JSON.parse(JSON.stringify(structuredClone(state))));
        for (const each of state.nodes) {
          if (['paused', 'stopped', 'missing'].includes(each.container) || each.connected === false) {
            expect(each.health).toBe('failed');
            expect(each.services.map(({ health }) => health)).not.toContain('ok');
            expect(each.services.map(({ role }) => role)).not.toContain('leader');
            expect(state.database.leader).not.toBe(each.name);
            expect(state.redis.master).not.toBe(each.name);
            expect(state.vip.holders).not.toContain(each.name);
          }
        }
        if (state.health === 'ok')
          expect(state.nodes.every((each) => each.services.every(({ health }) => health === 'ok'))).toBe(
            true,
          );
        if (wholeness(state, CLUSTER).length === 0) expect(state.health).toBe('ok');
      }),
      { numRuns: 400 },
    );
  });

  it('saying the last one again changes nothing and tells nothing', () => {
    fc.assert(
      fc.property(history, (observations) => {
        const last = observations.at(-1);
        if (!last) return;
        const once = run(observations);
        const twice = reduce(once, last);
        expect(twice.state).toEqual(once.state);
        expect(twice.events).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('no event is told twice in a row for the same thing', () => {
    fc.assert(
      fc.property(history, (observations) => {
        const last = new Map<string, string>();
        for (const event of run(observations).events) {
          if (['service-up', 'source-lost', 'source-found'].includes(event.kind)) continue;
          const about = `${event.kind}/${event.node ?? ''}/${event.service ?? ''}/${event.from ?? ''}`;
          const told = `${event.to ?? ''}/${event.at}`;
          expect(last.get(about)).not.toBe(told);
          last.set(about, told);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('time alone turns everything unknown in the end', () => {
    fc.assert(
      fc.property(history, (observations) => {
        const { state } = run([...observations, { kind: 'tick', at: 600_000 }]);
        for (const each of state.nodes) {
          expect(each.container).toBe('unknown');
          expect(new Set(each.services.map(({ health }) => health))).toEqual(new Set(['unknown']));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a whole cluster told in any order', () => {
  it('is whole', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(healthy(1000), { minLength: healthy(0).length }), (shuffled) => {
        expect(wholeness(run(shuffled, initial('sample', CLUSTER)).state, CLUSTER)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('with any part missing that nobody else knows is not whole', () => {
    fc.assert(
      fc.property(fc.subarray(healthy(1000), { maxLength: healthy(0).length - 1 }), (part) => {
        // Patroni's own word and the engine's only repeat what the DCS and the nodes' addresses say.
        const redundant = ['consul-checks', 'container', 'patroni'];
        const needed = (all: readonly Observation[]): number =>
          all.filter(({ kind }) => !redundant.includes(kind)).length;
        fc.pre(needed(part) < needed(healthy(0)));
        expect(wholeness(run(part).state, CLUSTER)).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
