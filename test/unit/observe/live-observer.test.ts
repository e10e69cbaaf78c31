import { verbatim } from '../../../src/words/message';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../../src/observe/event';
import { LiveObserver } from '../../../src/observe/live-observer';
import type { Observation } from '../../../src/services/core/live/observation';
import { decodeRecording } from '../../../src/observe/recording';
import type { ClusterState } from '../../../src/observe/state';
import type { WatchContext, Watcher } from '../../../src/services/core/watch/context';
import { OMNIBUS_LAYOUT } from '../../../src/services/core/live/layout';
import type { NodeTransport } from '../../../src/transport/transport';
import { CLUSTER, healthy } from './healthy';

/** An observer whose only source is the test, with a clock of its own. */
class Bench {
  context: WatchContext | undefined;
  starts = 0;
  ends = 0;
  readonly lines: string[] = [];
  closed = 0;
  readonly log: string[] = [];
  transport: (node: string) => Promise<NodeTransport> = () =>
    Promise.reject(new Error('not reached in this test'));
  private readonly watcher: Watcher = async (context) => {
    this.starts += 1;
    this.context = context;
    await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve()));
    this.ends += 1;
  };
  readonly observer = new LiveObserver({
    target: {
      name: 'sample',
      cluster: CLUSTER,
      ports: {},
      declared: {},
      transport: (node) => this.transport(node),
      containers: undefined,
      profile: { layout: OMNIBUS_LAYOUT, readSecret: (name) => ['read-secret', name] },
    },
    watchers: [this.watcher],
    recording: {
      append: (line) => void this.lines.push(line),
      close: () => {
        this.closed += 1;
        return Promise.resolve();
      },
    },
    clock: () => Date.now(),
    log: (line) => void this.log.push(line),
  });

  emit(...observations: readonly Observation[]): void {
    for (const observation of observations) this.context?.emit(observation);
  }
}

const now = 1_000_000;
const stop: Observation = { kind: 'container', at: now + 10, node: 'node1', state: 'stopped' };

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

describe('watchers', () => {
  it('run only while at least one subscription is open', async () => {
    const bench = new Bench();
    expect(bench.starts).toBe(0);
    const first = bench.observer.onState(() => undefined);
    const second = bench.observer.onEvent(() => undefined);
    expect(bench.starts).toBe(1);
    first.dispose();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(bench.ends).toBe(0);
    second.dispose();
    second.dispose();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bench.ends).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keep running when one view closes and another opens at once', async () => {
    const bench = new Bench();
    bench.observer.onState(() => undefined).dispose();
    bench.observer.onState(() => undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([bench.starts, bench.ends]).toEqual([1, 0]);
  });

  it('end with the observer, which then says nothing more', async () => {
    const bench = new Bench();
    const states: ClusterState[] = [];
    bench.observer.onState((state) => states.push(state));
    const { context } = bench;
    await bench.observer.dispose();
    context?.emit(stop);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([bench.ends, bench.closed, states.length]).toEqual([1, 1, 1]);
    expect(bench.observer.onState((state) => states.push(state))).toHaveProperty('dispose');
    expect(bench.starts).toBe(1);
  });
});

describe('secrets', () => {
  it('of a node are read again after its container was missing', async () => {
    const bench = new Bench();
    let password = 'old';
    bench.transport = (node) => {
      const exec = () => Promise.resolve({ exitCode: 0, stdout: `${password} of ${node}`, stderr: '' });
      return Promise.resolve({ node, exec } as unknown as NodeTransport);
    };
    bench.observer.onState(() => undefined);
    bench.emit(...healthy(now));
    const read = (node: string) => bench.context?.secret(node, { name: 'redis' });
    expect([await read('node1'), await read('node2')]).toEqual(['old of node1', 'old of node2']);
    password = 'new';
    bench.emit({ kind: 'container', at: now + 10, node: 'node1', state: 'missing' });
    bench.emit({ kind: 'container', at: now + 20, node: 'node1', state: 'running' });
    expect([await read('node1'), await read('node2')]).toEqual(['new of node1', 'old of node2']);
  });
});

describe('states', () => {
  it('the current one comes at once, then changes, gathered', async () => {
    const bench = new Bench();
    const states: ClusterState[] = [];
    bench.observer.onState((state) => states.push(state));
    expect(states.map(({ health }) => health)).toEqual(['unknown']);
    bench.emit(...healthy(now));
    await vi.advanceTimersByTimeAsync(50);
    expect(states.map(({ health }) => health)).toEqual(['unknown', 'ok']);
  });

  it('nothing comes while nothing changes but the time', async () => {
    const bench = new Bench();
    let calls = 0;
    bench.observer.onState(() => (calls += 1));
    for (let second = 0; second < 5; second += 1) {
      bench.emit(...healthy(now + second * 1_000));
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(calls).toBe(2);
  });

  it('go back to unknown when nobody looks', async () => {
    const bench = new Bench();
    const looking = bench.observer.onState(() => undefined);
    bench.emit(...healthy(now));
    expect(bench.observer.state.health).toBe('ok');
    looking.dispose();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(bench.observer.state.health).toBe('unknown');
  });

  it("one listener's mistake does not reach the others", async () => {
    const bench = new Bench();
    const seen: string[] = [];
    let calls = 0;
    bench.observer.onState(() => {
      calls += 1;
      if (calls > 1) throw new Error('broken view');
    });
    bench.observer.onState((state) => seen.push(state.health));
    bench.emit(...healthy(now));
    await vi.advanceTimersByTimeAsync(50);
    expect(seen).toEqual(['unknown', 'ok']);
    expect(bench.log).toEqual(['a listener failed: broken view']);
  });
});

describe('events', () => {
  it('reach the listeners and the recording, also those put in from outside', () => {
    const bench = new Bench();
    const events: Event[] = [];
    bench.observer.onEvent((event) => events.push(event));
    bench.emit(...healthy(now), stop);
    bench.observer.record({ at: now + 20, kind: 'fault-injected', node: 'node1', text: verbatim('killed') });
    expect(events.map(({ kind }) => kind)).toEqual(['node-down', 'fault-injected']);
    expect(decodeRecording(bench.lines.join('\n')).events).toEqual(events);
  });

  it('hurry the watchers for some seconds', () => {
    const bench = new Bench();
    bench.observer.onEvent(() => undefined);
    bench.emit(...healthy(now));
    expect(bench.context?.hints.hurried()).toBe(false);
    bench.emit(stop);
    expect(bench.context?.hints.hurried()).toBe(true);
    expect(bench.context?.hints.runs('node1')).toBe(false);
  });

  it('what changed while nobody looked is told when somebody looks again', async () => {
    const bench = new Bench();
    const events: Event[] = [];
    const first = bench.observer.onEvent((event) => events.push(event));
    bench.emit(...healthy(now));
    first.dispose();
    await vi.advanceTimersByTimeAsync(60_000);
    bench.observer.onEvent((event) => events.push(event));
    bench.emit({ kind: 'container', at: now + 60_100, node: 'node1', state: 'stopped' });
    expect(events).toMatchObject([{ kind: 'node-down', from: 'running', to: 'stopped' }]);
  });
});
