import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { observedHealth } from '../../../../src/lab/health/observed-health';
import { profileOf } from '../../../../src/lab/profiles/profiles';
import { FakeObserver } from '../../cli/fake-labs';
import { healthyState, labInfo } from '../../cli/fixtures';

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
