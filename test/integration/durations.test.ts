import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { LABEL } from '../../src/lab/docker/labels';
import { imagePrograms } from '../../src/lab/docker/image/image-programs';
import { ROOT, until } from './support/engine';
import { engineLabs } from './support/engine-labs';
import { changed, failure, fingerprints } from './support/fingerprints';
import { sampleWorkspace } from './support/sample';
import { pace } from '../support/pace';

/** How long things may take that nobody waits for willingly, on a machine that does nothing else. */
const TEST_LABEL = 'gitlab-ha-lab-test=durations';
/** Its version is told at once; everything else takes a minute. */
const SLEEPS =
  'printf \'#!/bin/sh\\n[ "$1" = -v ] || sleep 60\\n\' > /usr/local/sbin/haproxy && chmod +x /usr/local/sbin/haproxy';

const engine = engineLabs('durations-test');

afterAll(async () => {
  for (const { Id } of await engine.docker.listImages({ filters: { label: [TEST_LABEL] } }))
    await engine.docker.getImage(Id).remove({ force: true });
});

it('a deployment touches nothing when nothing changed, and keeps within its time', async () => {
  const name = engine.newLab();
  const files = await sampleWorkspace(name);
  await engine.labs.deploy(files);
  const before = await fingerprints(engine.docker, engine.labs, name);
  const boundMs = 3_000 * (await pace());
  const started = performance.now();
  const { unchanged } = await engine.labs.deploy(files);
  expect(performance.now() - started).toBeLessThan(boundMs);
  expect(unchanged).toBe(true);
  expect(changed(before, await fingerprints(engine.docker, engine.labs, name))).toEqual([]);
});

it('a program of the image is ended at once when nobody waits for its verdict any more', async () => {
  const imageDir = join(engine.statePath, 'sleeps');
  await mkdir(imageDir);
  const lines = [`FROM ${engine.image}`, `LABEL ${TEST_LABEL}`, `RUN ${SLEEPS}`];
  await writeFile(join(imageDir, 'Dockerfile'), `${lines.join('\n')}\n`);
  const runner = imagePrograms({ docker: engine.docker, imageDir, stateDir: engine.statePath }, {});
  const abort = new AbortController();
  const outcome = failure(runner.judge('haproxy', 'defaults\n    mode tcp\n', abort.signal));
  const checks = { label: [`${LABEL.role}=check`] };
  await until('it runs', async () => {
    const running = await engine.docker.listContainers({ filters: checks });
    return running.some(({ Command }) => Command.includes('-c'));
  });
  const boundMs = 2_000 * (await pace());
  const since = performance.now();
  abort.abort();
  expect((await outcome).code).toBe('cancelled');
  expect(performance.now() - since).toBeLessThan(boundMs);
  expect(await engine.docker.listContainers({ all: true, filters: checks })).toEqual([]);
});

it('gitlab-ha --help loads nothing heavy: the best of five starts is quick', async () => {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const started = performance.now();
    await promisify(execFile)(process.execPath, [join(ROOT, 'dist', 'cli.js'), '--help']);
    times.push(performance.now() - started);
  }
  // 70 to 90 ms on a machine with nothing else to do.
  expect(Math.min(...times)).toBeLessThan(400 * (await pace()));
});
