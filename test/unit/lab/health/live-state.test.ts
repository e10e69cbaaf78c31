import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withLiveState } from '../../../../src/lab/health/live-state';
import { FakeLabs, FakeObserver } from '../../cli/fake-labs';
import { healthyState, labInfo, unknownState } from '../../cli/fixtures';

/** Work with a lab whose views begin with this state; what became of it. */
function bench(state = healthyState(), open?: FakeObserver) {
  const labs = new FakeLabs([labInfo()], state);
  const abort = new AbortController();
  const begun: string[] = [];
  const done = withLiveState(
    labs,
    labInfo(),
    open,
    async (observer) => {
      begun.push(observer.state.health);
      return 'done';
    },
    abort.signal,
  ).catch((error: unknown) => error);
  return { labs, abort, begun, done };
}

const left = ({ observers }: FakeLabs) =>
  observers.map(({ disposed, stateListeners }) => [disposed, stateListeners.size]);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('work with a live view', () => {
  it('begins when every service has said something, and the view is closed after it', async () => {
    const { labs, begun, done } = bench(unknownState());
    await vi.advanceTimersByTimeAsync(14_000);
    expect(begun).toEqual([]);
    labs.observers[0]?.set(healthyState());
    expect([await done, begun, left(labs), vi.getTimerCount()]).toEqual(['done', ['ok'], [[true, 0]], 0]);
  });

  it('begins after fifteen seconds in any case', async () => {
    const { begun, done } = bench(unknownState());
    await vi.advanceTimersByTimeAsync(15_000);
    expect([await done, begun]).toEqual(['done', ['unknown']]);
  });

  it('leaves a view open that was', async () => {
    const open = new FakeObserver(healthyState());
    const { labs, done } = bench(healthyState(), open);
    expect([await done, labs.observers, open.disposed, open.stateListeners.size]).toEqual([
      'done',
      [],
      false,
      0,
    ]);
  });

  it.each([0, 3_000])('never begins when it is cancelled after %d ms, and leaves nothing', async (ms) => {
    const { labs, abort, begun, done } = bench(unknownState());
    if (ms > 0) await vi.advanceTimersByTimeAsync(ms);
    abort.abort();
    expect([await done, begun]).toEqual([expect.objectContaining({ code: 'cancelled' }), []]);
    expect([left(labs), vi.getTimerCount()]).toEqual([[[true, 0]], 0]);
  });
});
