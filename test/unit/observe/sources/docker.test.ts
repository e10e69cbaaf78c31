import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ContainerChange, ObservedContainer } from '../../../../src/observe/container-source';
import { watchDocker } from '../../../../src/observe/sources/docker';
import type { Observation } from '../../../../src/services/core/live/observation';
import { OMNIBUS_LAYOUT } from '../../../../src/services/core/live/layout';
import type { WatchContext } from '../../../../src/services/core/watch/context';
import { CLUSTER } from '../healthy';

const START = 1_000_000;

beforeEach(() => vi.useFakeTimers({ now: START }));
afterEach(() => vi.useRealTimers());

type State = ObservedContainer['state'];

/** What is observed of node1 when its list says one thing and its event, a second after the start, another one. */
async function observed(
  listed: (since: number) => State,
  event: State,
  ms: number,
): Promise<readonly string[]> {
  const seen: string[] = [];
  const abort = new AbortController();
  const context: Pick<WatchContext, 'cluster' | 'now' | 'signal' | 'emit' | 'hints' | 'log'> = {
    cluster: CLUSTER,
    now: () => Date.now(),
    signal: abort.signal,
    emit: (observation: Observation) => {
      if (observation.kind !== 'container' || observation.node !== 'node1') return;
      const state = `${observation.state} ${Date.now() - START}`;
      if (seen.at(-1)?.split(' ')[0] !== observation.state) seen.push(state);
    },
    hints: { hurry: () => undefined } as unknown as WatchContext['hints'],
    log: () => undefined,
  };
  const running = watchDocker({ ...context, layout: OMNIBUS_LAYOUT } as unknown as WatchContext, {
    list: async () =>
      CLUSTER.nodes.map(({ name }) => ({
        node: name,
        state: name === 'node1' ? listed(Date.now() - START) : 'running',
        connected: true,
      })),
    async *stream(signal): AsyncIterable<ContainerChange> {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      yield { node: 'node1', state: event };
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    },
  });
  await vi.advanceTimersByTimeAsync(ms);
  abort.abort();
  await vi.advanceTimersByTimeAsync(60_000);
  await running;
  return seen;
}

test('a list that is behind the event of a moment ago does not take it back', async () => {
  const late = await observed((since) => (since < 3000 ? 'running' : 'stopped'), 'stopped', 40_000);
  expect(late).toEqual(['running 0', 'stopped 1000']);
});

test('a list that goes on saying otherwise is believed: an event may have been missed', async () => {
  const missed = await observed(() => 'running', 'stopped', 40_000);
  expect(missed).toEqual(['running 0', 'stopped 1000', 'running 15000']);
});
