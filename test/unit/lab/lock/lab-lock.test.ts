import { verbatim } from '../../../../src/words/message';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../../src/lab/lab-error';
import { emptyLockedFolder } from '../../../../src/lab/lock/file-locks';
import { acquireLabLock } from '../../../../src/lab/lock/lab-lock';
import { startTimeOf } from '../../../../src/lab/lock/process-identity';

let base: string;
let dir: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'lab-lock-'));
  dir = join(base, 'sample');
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function refusal(): Promise<LabError> {
  try {
    await acquireLabLock(dir, verbatim('sample'), 'destroy');
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('it was given');
}

/** Leaves a lock file as a process with this number and start time would have. */
async function leaveLock(
  pid: number,
  started: string | undefined,
  number = 1,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const owner = { pid, started, purpose: 'deploy', since: 0, token: 'other', ...more };
  await writeFile(join(dir, `lock.${number}`), JSON.stringify(owner));
}

describe('the lock of a lab', () => {
  it('is held by one, and tells the next who and since when', async () => {
    const lock = await acquireLabLock(dir, verbatim('sample'), 'deploy');
    const error = await refusal();
    expect(error.code).toBe('busy');
    expect(error.message).toMatch(new RegExp(`process ${process.pid} .*\\(deploy\\) since \\d{4}-`));
    await lock.release();
    expect(await readdir(base)).toEqual([]);
    expect((await acquireLabLock(dir, verbatim('sample'), 'deploy')).takenOver).toBe(false);
  });

  it('is taken over at once from a process that was killed', async () => {
    const child = spawn('sleep', ['100']);
    const pid = child.pid ?? 0;
    await leaveLock(pid, await startTimeOf(pid));
    expect((await refusal()).code).toBe('busy');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await acquireLabLock(dir, verbatim('sample'), 'deploy');
    expect(lock.takenOver).toBe(true);
    await lock.release();
    expect(await readdir(base)).toEqual([]);
  });

  it('is taken over when another process has the number of the killed one', async () => {
    await leaveLock(process.pid, 'another start time');
    expect((await acquireLabLock(dir, verbatim('sample'), 'deploy')).takenOver).toBe(true);
  });

  it('is nobody’s when its file is damaged', async () => {
    await leaveLock(1, undefined);
    await writeFile(join(dir, 'lock.1'), '{"pid":');
    expect((await acquireLabLock(dir, verbatim('sample'), 'deploy')).takenOver).toBe(true);
  });

  it('goes to exactly one of many that find a killed owner', async () => {
    for (let round = 0; round < 10; round++) {
      await leaveLock(process.pid, 'long gone');
      const attempts = Array.from({ length: 12 }, () => acquireLabLock(dir, verbatim('sample'), 'deploy'));
      const given = (await Promise.allSettled(attempts)).filter((outcome) => outcome.status === 'fulfilled');
      expect(given.length).toBeLessThanOrEqual(1);
      for (const outcome of given) await outcome.value.release();
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('of somebody else stays when one is released whose file is gone', async () => {
    const first = await acquireLabLock(dir, verbatim('sample'), 'destroy');
    await rm(dir, { recursive: true });
    const second = await acquireLabLock(dir, verbatim('sample'), 'deploy');
    await first.release();
    expect((await refusal()).message).toContain('(deploy)');
    await second.release();
    expect(await readdir(base)).toEqual([]);
  });

  it('outlives the emptying of its folder, so that nobody works there before it is released', async () => {
    const lock = await acquireLabLock(dir, verbatim('sample'), 'destroy');
    await mkdir(join(dir, 'recordings'));
    await writeFile(join(dir, 'recordings', 'one.ndjson'), '{}');
    await emptyLockedFolder(dir);
    expect(await readdir(dir)).toEqual(['lock.1']);
    expect((await refusal()).code).toBe('busy');
    await lock.release();
    expect(await readdir(base)).toEqual([]);
  });

  it('of another machine counts until it is too old to be true', async () => {
    await leaveLock(1, undefined, 1, { host: 'elsewhere.example', since: Date.now() });
    expect((await refusal()).message).toContain('process 1 on elsewhere.example');
    await leaveLock(1, undefined, 1, { host: 'elsewhere.example', since: Date.now() - 31 * 60_000 });
    expect((await acquireLabLock(dir, verbatim('sample'), 'deploy')).takenOver).toBe(true);
  });

  it('of another system of the same name is not taken over, though its process is not found here', async () => {
    await leaveLock(2 ** 22 + 1, undefined, 1, {
      host: hostname(),
      platform: 'another',
      since: Date.now(),
    });
    expect((await refusal()).message).toContain(`of another system on ${hostname()}`);
  });

  it('is held by one process while another one destroys, empties and releases', async () => {
    const script = join(import.meta.dirname, 'support', 'lock-rounds.ts');
    const children = [1, 2, 3].map(() =>
      spawn(process.execPath, ['--import', 'tsx', script, dir, '12'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    const outputs = await Promise.all(children.map(async ({ stdout }) => (await stdout.toArray()).join('')));
    expect(outputs.map((output) => output.trim().split('\n').sort().at(-1))).toEqual([
      'alone',
      'alone',
      'alone',
    ]);
  });

  it('goes to exactly one of many that find none', async () => {
    const attempts = Array.from({ length: 12 }, () => acquireLabLock(dir, verbatim('sample'), 'deploy'));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a state folder that cannot be written', () => {
  it.each([
    ['is a file', async () => writeFile(dir, ''), 'a part of the path is a file'],
    [
      'lies below a file',
      async () => ((dir = join(base, 'file', 'sample')), writeFile(join(base, 'file'), '')),
      'a part of the path is a file',
    ],
  ])('%s: is named with the reason, and nobody is said to hold the lock', async (_name, spoil, why) => {
    await spoil();
    const error = await refusal();
    expect(error.code).toBe('no-state');
    expect(error.message).toContain(`${dir}, cannot be written: ${why}`);
    expect(error.remedy).toContain('XDG_STATE_HOME');
  });
});
