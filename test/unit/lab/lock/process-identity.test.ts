import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isStartOf, startTimeOf } from '../../../../src/lab/lock/process-identity';

let dir: string;
let child: ChildProcess;

const pid = (): number => child.pid ?? 0;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'process-identity-'));
  child = spawn('sleep', ['100']);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  child.kill('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** A `ps` that tells the date in the asker's language, as the one of macOS does. */
async function useLocalisedPs(): Promise<void> {
  const text = [
    '#!/bin/sh',
    'case "$LC_ALL" in',
    '  C) echo "Sat Nov 28 17:56:09 2026    " ;;',
    '  de_DE*) echo "Sa. 28 Nov. 17:56:09 2026" ;;',
    '  *) echo "Sat 28 Nov 17:56:09 2026" ;;',
    'esac',
  ].join('\n');
  await writeFile(join(dir, 'ps'), text);
  await chmod(join(dir, 'ps'), 0o755);
  vi.stubEnv('PATH', `${dir}:${process.env['PATH'] ?? ''}`);
}

describe('when a process was started', () => {
  it('is the same in every language', async () => {
    await useLocalisedPs();
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
    const german = await startTimeOf(pid(), 'darwin');
    vi.stubEnv('LC_ALL', 'en_GB.UTF-8');
    expect(await startTimeOf(pid(), 'darwin')).toBe(german);
    expect(german).toBe('utc:Sat Nov 28 17:56:09 2026');
  });

  it('is the same in every time zone', async () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    const tokyo = await startTimeOf(pid(), 'darwin');
    vi.stubEnv('TZ', 'America/Lima');
    expect(await startTimeOf(pid(), 'darwin')).toBe(tokyo);
    expect(tokyo).toMatch(/^utc:\w{3} \w{3} +\d+ [\d:]{8} \d{4}$/);
  });

  it.each(['linux', 'darwin'] as const)('is unknown of one that has ended (%s)', async (platform) => {
    const started = await startTimeOf(pid(), platform);
    expect(started).toBeDefined();
    expect(await isStartOf(pid(), started ?? '', platform)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await startTimeOf(pid(), platform)).toBeUndefined();
    expect(await isStartOf(pid(), started ?? '', platform)).toBe(false);
  });

  it('is told by the number alone where the system does not say', async () => {
    expect(await startTimeOf(pid(), 'win32')).toBeUndefined();
  });
});

describe('a start time that an earlier version wrote', () => {
  it('is understood in the language it was written in', async () => {
    await useLocalisedPs();
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
    expect(await isStartOf(pid(), 'Sa. 28 Nov. 17:56:09 2026', 'darwin')).toBe(true);
    expect(await isStartOf(pid(), 'Fr. 27 Nov. 17:56:09 2026', 'darwin')).toBe(false);
  });
});
