import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { observedHealth } from '../../../../src/lab/health/observed-health';
import { profileOf } from '../../../../src/lab/profiles/profiles';
import { FakeObserver } from '../../cli/fake-labs';
import { healthyState, labInfo, pausedState, unknownState } from '../../cli/fixtures';

const LAB = labInfo();
const CHECK = profileOf(LAB.cluster).settingsInForce;
const ACKNOWLEDGED = '{"path":"postgres","host":"h","port":1,"ok":true,"error":null}\n';
const REFUSED = '{"path":"postgres","host":"h","port":1,"ok":false,"error":"no"}\n';
const PENDING = 'pending postgresql: max_connections is 400 until its next start, then 300\n';

/** Waits for the health of a whole lab in which PostgreSQL of node1 waits for its next start. */
function waiting(settle: () => Promise<void>, writes: readonly string[], signal: AbortSignal): Promise<void> {
  let settled = false;
  let asked = 0;
  const exec = async (command: readonly string[]) => {
    if (command === CHECK) return { exitCode: settled ? 0 : 1, stdout: settled ? '' : PENDING, stderr: '' };
    const stdout = writes[Math.min(asked++, writes.length - 1)] ?? '';
    return { exitCode: stdout === ACKNOWLEDGED ? 0 : 1, stdout, stderr: '' };
  };
  return observedHealth(async () => new FakeObserver(healthyState()))({
    lab: LAB,
    justStarted: false,
    transport: async () => ({ exec }) as never,
    signal,
    onWaiting: () => undefined,
    settle: async () => {
      await settle();
      settled = true;
    },
    log: () => undefined,
  });
}

describe('the health of a lab in which a program is started anew', () => {
  it('is not given up before what was begun in the nodes has ended', async () => {
    const abort = new AbortController();
    let works = false;
    const settle = async (): Promise<void> => {
      works = true;
      abort.abort();
      await sleep(50);
      works = false;
    };
    await expect(waiting(settle, [REFUSED], abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
    expect(works).toBe(false);
  });

  it('asks for a write again: one that was refused meanwhile means nothing', async () => {
    const settle = async (): Promise<void> => sleep(20);
    const { signal } = new AbortController();
    await expect(waiting(settle, [REFUSED, ACKNOWLEDGED], signal)).resolves.toBeUndefined();
    await expect(waiting(settle, [ACKNOWLEDGED, REFUSED], signal)).rejects.toMatchObject({
      code: 'not-healthy',
    });
  });
});

/** Waits for a lab of which nothing is known at first; every question is answered well at once. */
function looked(justStarted: boolean) {
  const observer = new FakeObserver(unknownState());
  const asked: string[] = [];
  const exec = async (command: readonly string[]) => {
    asked.push(command === CHECK ? 'settings' : 'write');
    return { exitCode: 0, stdout: command === CHECK ? '' : ACKNOWLEDGED, stderr: '' };
  };
  let wholeBefore: boolean | undefined;
  const progress: string[] = [];
  const done = observedHealth(async () => observer)({
    lab: LAB,
    justStarted,
    onWhole: () => (wholeBefore = !observer.disposed),
    transport: async () => ({ exec }) as never,
    signal: new AbortController().signal,
    onLooking: (services) => progress.push(`looking at ${services}`),
    onWaiting: (reasons) => progress.push(reasons.map(String).join('; ')),
    settle: async () => undefined,
    log: () => undefined,
  });
  return { observer, asked, done, progress, told: () => wholeBefore };
}

const QUESTIONS = ['settings', 'settings', 'settings', 'write'];

describe('the health of a lab that ran before', () => {
  it('is asked for while the first picture is still missing, and not again', async () => {
    const { observer, asked, done } = looked(false);
    await sleep(20);
    expect([...asked].sort()).toEqual(QUESTIONS);
    observer.set(healthyState());
    await done;
    expect([...asked].sort()).toEqual(QUESTIONS);
  });

  it('is asked for again when something was ill meanwhile: the answers may be of the time before', async () => {
    const { observer, asked, done } = looked(false);
    await sleep(20);
    observer.set(pausedState());
    observer.set(healthyState());
    await done;
    expect([...asked].sort()).toEqual([...QUESTIONS, ...QUESTIONS].sort());
  });

  it('is not told to be unknown before anything has answered', async () => {
    const { observer, done, progress } = looked(false);
    await sleep(20);
    expect(progress).toEqual(['looking at 21']);
    observer.set(pausedState());
    observer.set(healthyState());
    await done;
    expect(progress).toEqual(['looking at 21', expect.stringContaining('the node is paused'), '']);
  });

  it('is told to be whole before the view is closed', async () => {
    const { observer, done, told } = looked(false);
    observer.set(healthyState());
    await done;
    expect([told(), observer.disposed]).toEqual([true, true]);
  });
});

describe('the health of a lab that was just started', () => {
  it('is asked for once everything is seen to be well', async () => {
    const { observer, asked, done } = looked(true);
    await sleep(20);
    expect(asked).toEqual([]);
    observer.set(healthyState());
    await done;
    expect([...asked].sort()).toEqual(QUESTIONS);
  });
});
