import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { carryOut } from '../../../../src/features/nodes/node-deed';
import type { Deed } from '../../../../src/features/nodes/node-deed';
import { orderService } from '../../../../src/features/services/service-order';
import type { LabInfo } from '../../../../src/lab/lab-service';
import { FakeLabs, FakeObserver } from '../../cli/fake-labs';
import { healthyState, labInfo, pausedState, unknownState } from '../../cli/fixtures';

const GATE = 'gateway: /opt/gitlab/lab/probe check --run whole --timeout 5000';
const DEEDS: readonly Deed[] = [
  { order: 'stop' },
  { order: 'restart' },
  { inject: 'pause-node' },
  { heal: 'pause-node' },
];

/** A lab whose views begin with this state, and what a deed at its node1 does. */
function bench(state = healthyState(), open?: FakeObserver) {
  const lab: LabInfo = labInfo();
  const labs = new FakeLabs([lab], state);
  return { labs, act: (deed: Deed) => carryOut(deed, { labs, lab, node: 'node1', observer: open }) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the menu of a node', () => {
  it.each(DEEDS)(
    'waits for nobody and does nothing while somebody else works on the lab: %j',
    async (deed) => {
      const { labs, act } = bench();
      labs.holder = 'deploy';
      await expect(act(deed)).rejects.toMatchObject({ code: 'busy' });
      expect(labs.calls).toEqual([]);
    },
  );

  it.each<[Deed, readonly string[]]>([
    [{ order: 'stop' }, ['stop sample node1']],
    [{ order: 'restart' }, ['restart sample node1']],
    [{ heal: 'kill-node' }, ['start sample node1']],
    [{ inject: 'kill-node' }, [GATE, 'kill sample node1']],
  ])('%j', async (deed, calls) => {
    const { labs, act } = bench();
    await act(deed);
    expect(labs.calls).toEqual(calls);
    expect(labs.observers.map(({ disposed }) => disposed)).toEqual('inject' in deed ? [true] : []);
  });
});

describe('a fault while no live view is open', () => {
  it('waits until every service has said something, then is done', async () => {
    const { labs, act } = bench(unknownState());
    const done = act({ inject: 'pause-node' });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(labs.calls).toEqual([]);
    labs.observers[0]?.set(healthyState());
    await done;
    expect(labs.calls).toEqual([GATE, 'pause sample node1']);
    expect(labs.observers[0]).toMatchObject({ disposed: true, stateListeners: new Set() });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is refused for what is broken now', async () => {
    const { labs, act } = bench(unknownState());
    const refused = expect(act({ inject: 'kill-node' })).rejects.toMatchObject({ code: 'not-whole' });
    await vi.advanceTimersByTimeAsync(0);
    labs.observers[0]?.set(pausedState());
    await refused;
    expect(labs.calls).toEqual([]);
  });

  it('is refused after 15 seconds in which nothing was learned', async () => {
    const { labs, act } = bench(unknownState());
    const refused = expect(act({ inject: 'kill-node' })).rejects.toMatchObject({ code: 'not-whole' });
    await vi.advanceTimersByTimeAsync(15_000);
    await refused;
    expect([labs.calls, labs.observers[0]?.disposed]).toEqual([[], true]);
  });
});

it('a fault under an open live view uses it, also while it knows nothing yet, and leaves it open', async () => {
  const open = new FakeObserver(unknownState());
  const { labs, act } = bench(healthyState(), open);
  const done = act({ inject: 'pause-node' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(labs.calls).toEqual([]);
  open.set(healthyState());
  await done;
  expect(labs.calls).toEqual([GATE, 'pause sample node1']);
  expect([labs.observers.length, open.disposed, open.stateListeners.size]).toEqual([0, false, 0]);
});

describe('the menu of a service', () => {
  const order = { lab: 'sample', node: 'node2', service: 'redis', action: 'stop' } as const;

  it('gives its order under the lock', async () => {
    const { labs } = bench();
    const lock = vi.spyOn(labs, 'exclusively');
    await orderService(labs, order);
    expect(lock.mock.calls.map(([lab, purpose]) => [lab, purpose])).toEqual([
      ['sample', 'stop redis on node2'],
    ]);
    expect(labs.calls).toEqual(['stop sample node2 redis']);
  });

  it('does nothing while somebody else works on the lab', async () => {
    const { labs } = bench();
    labs.holder = 'fault kill-node';
    await expect(orderService(labs, order)).rejects.toMatchObject({ code: 'busy' });
    expect(labs.calls).toEqual([]);
  });
});
