import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(
  new URL('../../../../lab/image/rootfs/opt/gitlab/lab/began-before', import.meta.url),
);
/** More than the clock's tick by which the kernel writes down when a process began. */
const MOMENT_MS = 60;

let folder: string;
const running: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'began-before-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.stdin?.end();
  rmSync(folder, { recursive: true, force: true });
});

/** A program of this name, which waits. @returns its process number */
function program(name: string): number {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/bash\nread -r _\n', { mode: 0o755 });
  const child = spawn(path, { stdio: ['pipe', 'ignore', 'ignore'] });
  running.push(child);
  if (child.pid === undefined) throw new Error(`${name} did not start`);
  return child.pid;
}

function file(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  return path;
}

const beganBefore = (pid: number, ...files: readonly string[]): boolean =>
  spawnSync('bash', [SCRIPT, String(pid), ...files]).status === 0;

it('a process goes by what was there when it began, and not by what came later', async () => {
  const [early, later] = [join(folder, 'early'), join(folder, 'later')];
  mkdirSync(later);
  file('early');
  await sleep(MOMENT_MS);
  const pid = program('program');
  expect(beganBefore(pid, early)).toBe(false);
  await sleep(MOMENT_MS);
  file('later/one');
  expect(beganBefore(pid, join(later, 'one'))).toBe(true);
  expect(beganBefore(pid, early, later)).toBe(true);
  expect(beganBefore(pid, early)).toBe(false);
});

it('also where nobody has looked at the process before the file changed, whatever the process is called', async () => {
  const pid = program('a) S 1 (b');
  await sleep(MOMENT_MS);
  const changed = file('changed');
  await sleep(MOMENT_MS);
  expect(beganBefore(pid, changed)).toBe(true);
});

it('by when the file came, not by the time that it brings along from another machine', async () => {
  const ahead = file('ahead');
  utimesSync(ahead, 4e9, 4e9);
  await sleep(MOMENT_MS);
  const pid = program('program');
  await sleep(MOMENT_MS);
  const behind = file('behind');
  utimesSync(behind, 1e9, 1e9);
  expect(beganBefore(pid, ahead)).toBe(false);
  expect(beganBefore(pid, behind)).toBe(true);
});

it('says nothing of a process that is gone and of files that are not there', () => {
  const pid = program('program');
  expect(beganBefore(4_194_305, file('changed'))).toBe(false);
  expect(beganBefore(pid, join(folder, 'none'))).toBe(false);
});
