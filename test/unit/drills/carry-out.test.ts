import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { carryOut } from '../../../src/drills/carry-out';
import type { CarryOutOptions, Deed } from '../../../src/drills/carry-out';
import { fault } from '../../../src/drills/faults/fault';
import type { NodeAction, LabInfo } from '../../../src/lab/lab-service';
import { FakeLabs, FakeObserver } from '../cli/fake-labs';
import { healthyState, labInfo, pausedState, unknownState } from '../cli/fixtures';

const GATE = 'gateway: /opt/gitlab/lab/probe check --run whole --timeout 5000';
const node = (action: NodeAction, on = 'node1'): Deed => ({ order: { on: 'node', node: on, action } });
const stopRedis: Deed = { order: { on: 'service', node: 'node2', service: 'redis', action: 'stop' } };
const DEEDS: readonly Deed[] = [
  node('stop'),
  node('restart'),
  node('pause'),
  node('unpause'),
  stopRedis,
  { fault: fault('pause-node') },
];

/** A lab whose views begin with this state, and what a deed does to it. */
function bench(state = healthyState(), open?: FakeObserver) {
  const lab: LabInfo = labInfo();
  const labs = new FakeLabs([lab], state);
  const act = (deed: Deed, options: CarryOutOptions = {}) =>
    carryOut(deed, { labs, lab, observer: open, now: () => 1_000 }, options);
  return { labs, act };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('what is done to a lab', () => {
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
    [node('stop'), [GATE, 'stop sample node1']],
    [node('restart'), [GATE, 'restart sample node1']],
    [node('start'), ['start sample node1']],
    [node('kill'), [GATE, 'kill sample node1']],
    [stopRedis, [GATE, 'stop sample node2 redis']],
    [{ fault: fault('kill-node') }, [GATE, 'kill sample node2']],
    [{ fault: fault('kill-node'), node: 'node1' }, [GATE, 'kill sample node1']],
  ])('%j', async (deed, calls) => {
    const { labs, act } = bench();
    await act(deed);
    expect(labs.calls).toEqual(calls);
    expect(labs.observers.map(({ disposed }) => disposed)).toEqual([true]);
  });

  it('is done under the lock', async () => {
    const { labs, act } = bench();
    const lock = vi.spyOn(labs, 'exclusively');
    await act(stopRedis);
    expect(lock.mock.calls.map(([lab, purpose]) => [lab, purpose])).toEqual([
      ['sample', 'stop redis on node2'],
    ]);
  });
});

describe('the wish to end', () => {
  it.each(DEEDS)(
    'while the lab is looked at leaves it alone, also what is wanted anyway: %j',
    async (deed) => {
      const { labs, act } = bench(unknownState());
      const abort = new AbortController();
      const ended = expect(act(deed, { anyway: true, signal: abort.signal })).rejects.toMatchObject({
        code: 'cancelled',
      });
      await vi.advanceTimersByTimeAsync(3_000);
      abort.abort();
      await ended;
      expect([labs.calls, labs.observers[0]?.disposed]).toEqual([[], true]);
    },
  );

  it.each(DEEDS)('right before it is done leaves the lab alone: %j', async (deed) => {
    const { labs, act } = bench();
    const abort = new AbortController();
    const exclusively = labs.exclusively.bind(labs);
    vi.spyOn(labs, 'exclusively').mockImplementation(async (lab, purpose, work) => {
      abort.abort();
      return exclusively(lab, purpose, work);
    });
    await expect(act(deed, { anyway: true, signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(labs.calls).toEqual([]);
  });
});

describe('clients that write meanwhile', () => {
  const RUNS = [
    ['write', 'postgres', 'stop-node1-1000-postgres'],
    ['redis', 'redis', 'stop-node1-1000-redis'],
  ] as const;
  const writeCommand = (way: string, run: string) =>
    `/opt/gitlab/lab/probe ${way} --run ${run} --interval 100 --timeout 1000`;
  const writing = (labs: FakeLabs) => {
    for (const [way, path, run] of RUNS) {
      const attempts = [1, 2, 3].map((seq) =>
        JSON.stringify({ path, run, seq, at: 2_000 + seq, ms: 5, ok: true, error: null }),
      );
      labs.programs.set(writeCommand(way, run), { stdout: `${attempts.join('\n')}\n`, forever: true });
    }
  };

  it.each([
    ['refused', pausedState(), undefined, 'not-whole'],
    ['not begun while somebody else works on the lab', healthyState(), 'deploy', 'busy'],
  ])('write nothing for what is %s', async (_case, state, holder, code) => {
    const { labs, act } = bench(state);
    labs.holder = holder;
    await expect(act(node('stop'), { measure: true })).rejects.toMatchObject({ code });
    expect(labs.calls).toEqual([]);
  });

  it('begin behind the gate, and leave nothing behind', async () => {
    vi.useRealTimers();
    const { labs, act } = bench();
    writing(labs);
    const abort = new AbortController();
    const done = act(node('stop'), { measure: true, signal: abort.signal, onDone: () => abort.abort() });
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
    expect(labs.calls).toEqual([
      GATE,
      ...RUNS.map(([way, , run]) => `gateway: ${writeCommand(way, run)}`),
      'stop sample node1',
      ...RUNS.map(
        ([, path, run]) => `gateway: /opt/gitlab/lab/probe forget --path ${path} --run ${run} --timeout 5000`,
      ),
    ]);
    expect(labs.commands.map(({ killed }) => killed)).toEqual([true, true]);
  });
});

describe('a fault while no live view is open', () => {
  it('waits until every service has said something, then is done', async () => {
    const { labs, act } = bench(unknownState());
    const done = act(node('pause'));
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
    const refused = expect(act(node('kill'))).rejects.toMatchObject({ code: 'not-whole' });
    await vi.advanceTimersByTimeAsync(0);
    labs.observers[0]?.set(pausedState());
    await refused;
    expect(labs.calls).toEqual([]);
  });

  it('is refused after 15 seconds in which nothing was learned', async () => {
    const { labs, act } = bench(unknownState());
    const refused = expect(act(node('kill'))).rejects.toMatchObject({ code: 'not-whole' });
    await vi.advanceTimersByTimeAsync(15_000);
    await refused;
    expect([labs.calls, labs.observers[0]?.disposed]).toEqual([[], true]);
  });
});

it('a fault under an open live view uses it, also while it knows nothing yet, and leaves it open', async () => {
  const open = new FakeObserver(unknownState());
  const { labs, act } = bench(healthyState(), open);
  const done = act(node('pause'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(labs.calls).toEqual([]);
  open.set(healthyState());
  await done;
  expect(labs.calls).toEqual([GATE, 'pause sample node1']);
  expect([labs.observers.length, open.disposed, open.stateListeners.size]).toEqual([0, false, 0]);
});
