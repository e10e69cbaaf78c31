import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../src/lab/lab-error';
import { acquireLabLock } from '../../../src/lab/lab-lock';
import { startTimeOf } from '../../../src/lab/process-identity';

let base: string;
let dir: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'lab-lock-'));
  dir = join(base, 'sample');
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function refusal(): Promise<LabError> {
  try {
    await acquireLabLock(dir, 'sample', 'destroy');
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('it was given');
}

/** Leaves a lock file as a process with this number and start time would have. */
async function leaveLock(pid: number, started: string | undefined, number = 1): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(dir, { recursive: true });
  const owner = { pid, started, purpose: 'deploy', since: 0, token: 'other' };
  await writeFile(join(dir, `lock.${number}`), JSON.stringify(owner));
}

describe('the lock of a lab', () => {
  it('is held by one, and tells the next who and since when', async () => {
    const lock = await acquireLabLock(dir, 'sample', 'deploy');
    const error = await refusal();
    expect(error.code).toBe('busy');
    expect(error.message).toMatch(new RegExp(`process ${process.pid} .*\\(deploy\\) since \\d{4}-`));
    await lock.release();
    expect(await readdir(base)).toEqual([]);
    expect((await acquireLabLock(dir, 'sample', 'deploy')).takenOver).toBe(false);
  });

  it('is taken over at once from a process that was killed', async () => {
    const child = spawn('sleep', ['100']);
    const pid = child.pid ?? 0;
    await leaveLock(pid, await startTimeOf(pid));
    expect((await refusal()).code).toBe('busy');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await acquireLabLock(dir, 'sample', 'deploy');
    expect(lock.takenOver).toBe(true);
    await lock.release();
    expect(await readdir(base)).toEqual([]);
  });

  it('is taken over when another process has the number of the killed one', async () => {
    await leaveLock(process.pid, 'another start time');
    expect((await acquireLabLock(dir, 'sample', 'deploy')).takenOver).toBe(true);
  });

  it('is nobody’s when its file is damaged', async () => {
    await leaveLock(1, undefined);
    await writeFile(join(dir, 'lock.1'), '{"pid":');
    expect((await acquireLabLock(dir, 'sample', 'deploy')).takenOver).toBe(true);
  });

  it('goes to exactly one of many that find a killed owner', async () => {
    for (let round = 0; round < 10; round++) {
      await leaveLock(process.pid, 'long gone');
      const attempts = Array.from({ length: 12 }, () => acquireLabLock(dir, 'sample', 'deploy'));
      const given = (await Promise.allSettled(attempts)).filter((outcome) => outcome.status === 'fulfilled');
      expect(given.length).toBeLessThanOrEqual(1);
      for (const outcome of given) await outcome.value.release();
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('goes to exactly one of many that find none', async () => {
    const attempts = Array.from({ length: 12 }, () => acquireLabLock(dir, 'sample', 'deploy'));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });
});
