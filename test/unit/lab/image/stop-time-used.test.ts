import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const IMAGE = 'lab/image/rootfs/opt/gitlab';

/** What stands for the folders of a node. */
let node: string;

function put(path: string, text = ''): string {
  const place = join(node, path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
  chmodSync(place, 0o755);
  return place;
}

/** A script of the image, with the folders of this node. */
const install = (from: string, to: string): string =>
  put(
    to,
    readFileSync(join(ROOT, from), 'utf8')
      .replaceAll('/opt/gitlab', `${node}/opt`)
      .replaceAll(`/var${node}/opt`, `${node}/var`),
  );

/** What it has written so far into a file; nothing where there is none. */
const noted = (path: string): string =>
  existsSync(join(node, path)) ? readFileSync(join(node, path), 'utf8').trim() : '';

function run(script: string, ...options: string[]): string {
  const env = { PATH: `${node}/bin:${process.env['PATH'] ?? ''}` };
  const shell = spawnSync('bash', ['--norc', script, ...options], { env, encoding: 'utf8' });
  return `${shell.status} ${shell.stdout}${shell.stderr}`.trim();
}

beforeEach(() => {
  node = mkdtempSync(join(tmpdir(), 'stop-time-used-'));
  install(`${IMAGE}/lab/stop-time`, 'opt/lab/stop-time');
  put('bin/sv', `#!/bin/bash\necho "$*" | sed 's#${node}/opt/service/##g' >>${node}/asked\n`);
});
afterEach(() => rmSync(node, { recursive: true, force: true }));

describe('a program that begins', () => {
  beforeEach(() => {
    put('opt/etc/lab.env', 'LAB_GITALY_STOP_TIME=71\nLAB_PRAEFECT_STOP_TIME=72\nLAB_SIDEKIQ_STOP_TIME=73\n');
    for (const waited of ['after-consul', 'after-database', 'standin-ruby']) put(`opt/lab/${waited}`);
    put('opt/lab/praefect-database', '#!/bin/sh\n');
    put('var/sidekiq/options');
    for (const folder of ['opt/standin', 'var/gitaly', 'var/praefect']) {
      mkdirSync(join(node, folder), { recursive: true });
    }
    put('bin/chpst', `#!/bin/bash\ncat ${node}/opt/sv/*/stop-time >${node}/began\n`);
  });

  it.each([
    ['gitaly', 'gitaly', '71'],
    ['praefect', 'praefect', '72'],
    ['sidekiq', 'sidekiq', '73'],
  ])('%s has noted how long a stop of it may take', (service, owner, seconds) => {
    const script = install(
      `lab/services/${owner}/rootfs/opt/gitlab/sv/${service}/run`,
      `opt/sv/${service}/run`,
    );
    expect([run(script), noted(`opt/sv/${service}/stop-time`), noted('began')]).toEqual([
      '0',
      seconds,
      seconds,
    ]);
  });
});

describe('who stops it waits as long and a moment longer', () => {
  beforeEach(() => {
    put('opt/etc/lab.env');
    put('opt/lab/enable-services', '#!/bin/sh\n');
    put('opt/lab/ctl.d/none');
    mkdirSync(join(node, 'opt/lab/apply.d'), { recursive: true });
    for (const [service, seconds] of [
      ['praefect', '72'],
      ['redis', ''],
    ]) {
      mkdirSync(join(node, `opt/service/${service}`), { recursive: true });
      put(`opt/sv/${service}/requires`, `${node}/var/${service}.conf\n`);
      put(`var/${service}.conf`);
      if (seconds !== '') put(`opt/sv/${service}/stop-time`, `${seconds}\n`);
    }
  });

  it.each([
    ['gitlab-ctl stop praefect', '-w 77 stop praefect'],
    ['gitlab-ctl restart praefect', '-w 77 restart praefect'],
    ['gitlab-ctl stop', '-w 77 stop praefect redis'],
    ['gitlab-ctl stop redis', '-w 15 stop redis'],
    ['gitlab-ctl restart-except redis', '-w 77 restart praefect'],
  ])('%s', (line, asked) => {
    const [, ...options] = line.split(' ');
    expect([
      run(install(`${IMAGE}/bin/gitlab-ctl`, 'opt/bin/gitlab-ctl'), ...options),
      noted('asked'),
    ]).toEqual(['0', asked]);
  });

  it.each([
    ['praefect', '0 77'],
    ['redis', '0 5'],
  ])('and says for how long it would wait for %s', (service, said) => {
    expect(run(install(`${IMAGE}/lab/apply`, 'opt/lab/apply'), 'stop-wait', service)).toBe(said);
  });

  it.each([
    ['apply restart praefect', '', '-w 77 restart praefect'],
    ['apply restart redis', '', '-w 20 restart redis'],
    ['apply restart praefect', 'praefect', '-w 77 force-stop praefect'],
    ['apply reload redis', 'redis', '-w 20 force-stop redis'],
  ])('%s, without the file of %j', (line, gone, asked) => {
    if (gone !== '') rmSync(join(node, `var/${gone}.conf`));
    const [, ...options] = line.split(' ');
    expect([run(install(`${IMAGE}/lab/apply`, 'opt/lab/apply'), ...options), noted('asked')]).toEqual([
      '0',
      asked,
    ]);
  });
});
