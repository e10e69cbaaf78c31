import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(
  new URL('../../../../lab/image/rootfs/opt/gitlab/lab/stop-time', import.meta.url),
);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stop-time-'));
  for (const service of ['gitaly', 'praefect', 'redis']) mkdirSync(join(folder, service));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['the least, where nothing is noted', '', '15 redis praefect', '15'],
  ['the least, where a stop takes less', 'note_stop_time praefect 1', '15 praefect', '15'],
  ['longer than the program takes', 'note_stop_time praefect 60', '15 praefect', '65'],
  [
    'a moment longer, too, where it takes as long as the least',
    'note_stop_time praefect 12',
    '15 praefect',
    '17',
  ],
  [
    'for the slowest',
    'note_stop_time praefect 60; note_stop_time gitaly 90',
    '15 gitaly redis praefect',
    '95',
  ],
  ['for those that are meant', 'note_stop_time praefect 60; note_stop_time gitaly 90', '20 redis', '20'],
  ['by what was noted last', 'note_stop_time gitaly 90; note_stop_time gitaly 30', '20 gitaly', '35'],
  ['the least, where what was noted is nothing', 'note_stop_time gitaly ""', '20 gitaly', '20'],
])('is waited %s', (_case, noted, asked, expected) => {
  const script = `. "$0"; ${noted}\nstop_time ${asked}`;
  const options = { env: { PATH: process.env['PATH'] ?? '', stop_times: folder }, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-uc', script, SCRIPT], options);
  expect([stdout, stderr]).toEqual([`${expected}\n`, '']);
});
