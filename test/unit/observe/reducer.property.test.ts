import { Message } from '../../../src/words/message';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../src/services/core/live/observation';
import { initial, reduce } from '../../../src/observe/reducer';
import { CONSUL_CHECKS } from '../../../src/services/consul/facts';
import { PATRONI_REST } from '../../../src/services/patroni/facts';
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
  saw,
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

const onNode = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<[number, string, T]> => fc.tuple(at, node, value);

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
  onNode(fc.constantFrom({}, services(), services({ patroni: stopped, redis: running(7) }))).map((parts) =>
    saw.processes(...parts),
  ),
  onNode(fc.array(address, { maxLength: 3 })).map((parts) => saw.addresses(...parts)),
  onNode(fc.array(address, { maxLength: 2 })).map((parts) => saw.pgbouncer(...parts)),
  onNode(maybe(known.map((name) => rest(name, { timeline: name === 'node3' ? 4 : 1 })))).map((parts) =>
    saw.patroni(...parts),
  ),
  onNode(maybe(fc.tuple(known, known).map(([self, master]) => redis(self, master)))).map((parts) =>
    saw.redis(...parts),
  ),
  onNode(fc.tuple(known, fc.nat(3)).map(([master, epoch]) => sentinel(master, epoch))).map((parts) =>
    saw.sentinel(...parts),
  ),
  onNode(fc.subarray([...HAPROXY])).map((parts) => saw.haproxy(...parts)),
  fc.tuple(at, known, maybe(address)).map((parts) => saw.raftLeader(...parts)),
  fc
    .tuple(at, fc.subarray(['node1', 'node2', 'node3'].map((name) => server(name))), maybe(fc.nat(1)))
    .map((parts) => saw.consulServers(...parts)),
  fc
    .tuple(at, fc.nat(9), maybe(known))
    .map(([when, index, leader]) => saw.patroniKeys(when, index, keys({ leader }))),
  fc.tuple(at, fc.nat(9), maybe(node)).map((parts) => saw.patroniLeader(...parts)),
);

const history = fc.array(observation, { maxLength: 60 });

/** What is neither plain data nor a sentence for people. */
function strangers(value: unknown): readonly unknown[] {
  if (value instanceof Message || typeof value !== 'object' || value === null)
    return typeof value === 'function' || typeof value === 'symbol' ? [value] : [];
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== Array.prototype) return [value];
  return Object.values(value).flatMap(strangers);
}

describe('any observations in any order', () => {
  it('never throw, keep plain data, and never show a node that does not run as well', () => {
    fc.assert(
      fc.property(history, (observations) => {
        const { model, state } = run(observations);
        expect(structuredClone(model)).toEqual(model);
        expect(strangers(state)).toEqual([]);
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
        const redundant = ['container', CONSUL_CHECKS.name, PATRONI_REST.name];
        const needed = (all: readonly Observation[]): number =>
          all.filter((one) => !redundant.includes('fact' in one ? one.fact : one.kind)).length;
        fc.pre(needed(part) < needed(healthy(0)));
        expect(wholeness(run(part).state, CLUSTER)).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
