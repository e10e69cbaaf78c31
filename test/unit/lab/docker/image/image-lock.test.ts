import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sweepImageLocks } from '../../../../../src/lab/docker/image/image-lock';
import { startTimeOf } from '../../../../../src/lab/lock/process-identity';

let stateDir: string;

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'image-lock-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

/** A lock file as the process with this number left it. */
async function leaveLock(name: string, pid: number): Promise<void> {
  await mkdir(join(stateDir, name));
  const owner = { pid, started: await startTimeOf(pid), purpose: 'build', since: 0, token: 'other' };
  await writeFile(join(stateDir, name, 'lock.1'), JSON.stringify(owner));
}

it('takes away what processes left that were killed while they built an image, and nothing of others', async () => {
  const living = spawn('sleep', ['100']);
  const killed = spawn('sleep', ['100']);
  try {
    await leaveLock('.image', killed.pid ?? 0);
    await leaveLock('.image-object-storage', living.pid ?? 0);
    await mkdir(join(stateDir, 'sample'));
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await sweepImageLocks(stateDir);
    expect((await readdir(stateDir, { recursive: true })).sort()).toEqual([
      '.image-object-storage',
      join('.image-object-storage', 'lock.1'),
      'sample',
    ]);
  } finally {
    living.kill('SIGKILL');
  }
});

it('has nothing to do where there is no state yet', async () => {
  await expect(sweepImageLocks(join(stateDir, 'none'))).resolves.toBeUndefined();
});
