import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { oneTurnAfterTheOther } from '../../../src/observe/just-started';
import { placementOf } from '../../../src/observe/placement';
import { learned } from '../../../src/services/core/live/fact';
import type { FactObservation } from '../../../src/services/core/live/fact';
import type { Observation } from '../../../src/services/core/live/observation';
import { PATRONI_KEYS } from '../../../src/services/patroni/facts';
import type { PatroniMember } from '../../../src/services/patroni/facts';
import { patroniLive } from '../../../src/services/patroni/live';
import type { WatchContext, Watcher } from '../../../src/services/core/watch/context';
import { Hints } from '../../../src/services/core/watch/hints';
import { CLUSTER } from './healthy';

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

/** Four watchers, one per turn, that note when they begin; the one of Consul tells what the test wants. */
function bench(foundTogether = [(fact: FactObservation) => patroniLive.foundTogether?.(fact, 3) === true]) {
  const begun: Record<string, number> = {};
  const stop = new AbortController();
  const seen: Observation[] = [];
  let tell: (observation: Observation) => void = () => undefined;
  const watcher =
    (name: string): Watcher =>
    (context) => {
      begun[name] = Date.now() - 1_000_000;
      if (name === 'consul') tell = context.emit;
      return Promise.resolve();
    };
  const watchers = oneTurnAfterTheOther({
    first: [watcher('docker')],
    nodes: [watcher('node')],
    cluster: [watcher('consul')],
    services: [watcher('patroni'), watcher('redis')],
    foundTogether,
  });
  const context: WatchContext = {
    cluster: CLUSTER,
    placement: placementOf(CLUSTER),
    ports: {},
    declared: {},
    secret: () => Promise.reject(new Error('not reached in this test')),
    forgetSecret: () => undefined,
    transport: () => Promise.reject(new Error('not reached in this test')),
    emit: (observation) => void seen.push(observation),
    now: () => Date.now(),
    signal: stop.signal,
    hints: new Hints(() => Date.now()),
    log: () => undefined,
  };
  const done = Promise.all(watchers.map((start) => start(context)));
  return { begun, stop, seen, done, tell: (observation: Observation) => tell(observation) };
}

const member = (name: string, role: string, replication?: string): PatroniMember => ({
  name,
  address: undefined,
  role,
  state: 'running',
  replication,
  timeline: 2,
  position: 1,
  version: '4.0.7',
});

const keys = (leader: string | undefined, ...members: PatroniMember[]): Observation =>
  learned(PATRONI_KEYS, 1, {
    leader,
    members,
    sync: { leader, standbys: [] },
    failoverRequested: false,
    historyTimeline: 2,
    leaderPosition: 1,
  });

describe('watching a cluster that was started a moment ago', () => {
  it('begins with what costs nothing, then the nodes, then Consul', async () => {
    const { begun } = bench();
    await vi.advanceTimersByTimeAsync(499);
    expect(begun).toEqual({ docker: 0 });
    await vi.advanceTimersByTimeAsync(701);
    expect(begun).toEqual({ docker: 0, node: 500, consul: 1200 });
  });

  it.each([
    ['nobody leads', keys(undefined, member('node1', 'replica', 'streaming'))],
    [
      'a member is missing',
      keys('node3', member('node1', 'replica', 'streaming'), member('node3', 'primary')),
    ],
  ])('leaves the services alone while %s, but not for longer than four seconds', async (_, told) => {
    const { begun, tell } = bench();
    await vi.advanceTimersByTimeAsync(1_300);
    tell(told);
    await vi.advanceTimersByTimeAsync(2_690);
    expect(begun).not.toHaveProperty('redis');
    await vi.advanceTimersByTimeAsync(10);
    expect(begun).toMatchObject({ patroni: 4000, redis: 4000 });
  });

  it('asks the services as soon as there are a leader and all members, and passes on what it hears', async () => {
    const { begun, seen, tell } = bench();
    await vi.advanceTimersByTimeAsync(2_000);
    const told = keys(
      'node3',
      member('node1', 'replica', 'streaming'),
      member('node2', 'replica'),
      member('node3', 'primary'),
    );
    tell(told);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toMatchObject({ patroni: 2000, redis: 2000 });
    expect(seen).toEqual([told]);
  });

  it('begins nothing more once nobody looks', async () => {
    const { begun, stop, done } = bench();
    await vi.advanceTimersByTimeAsync(100);
    stop.abort();
    await done;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(begun).toEqual({ docker: 0 });
  });

  it('does not wait where no service has to find together', async () => {
    const { begun } = bench([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toMatchObject({ redis: 0 });
  });
});
