import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recipeArchive } from '../../src/lab/docker/image/image-recipe';
import { ensureNodeImage } from '../../src/lab/docker/image/node-image';
import { findBases } from '../../src/lab/docker/image/base-image';
import { Operation } from '../../src/lab/docker/operation';
import { deployedServices } from '../../src/services/registry';
import { IMAGE_DIR, ROOT, testDocker, uniqueName } from './support/engine';

const TESTS = join(ROOT, 'test', 'standin');
/** What a node of a lab with the application has besides: then the image is the one such a lab runs. */
const ADDED = deployedServices()
  .filter(({ added }) => added === 'gitlab')
  .map(({ id }) => id);

let docker: Docker;
let container: Docker.Container | undefined;

beforeAll(async () => {
  docker = await testDocker();
  const operation = new Operation(docker, {}, {});
  const image = await ensureNodeImage(operation, IMAGE_DIR, () => findBases(operation), ADDED);
  const files = await Promise.all(
    (await readdir(TESTS)).map(async (name) => ({
      path: `standin-test/${name}`,
      content: await readFile(join(TESTS, name)),
      mode: 0o644,
    })),
  );
  container = await docker.createContainer({
    name: uniqueName('gitlab-ha-lab-standin'),
    Image: image,
    Entrypoint: ['bash', '-c'],
    // A test of the stand-in is no part of a node; minitest comes from where the image's programs come from.
    Cmd: [
      `{ apt-get -q update && apt-get -q -y install --no-install-recommends ruby-minitest; } >/tmp/apt 2>&1 || cat /tmp/apt
      RUBYLIB=/opt/gitlab/embedded/gitaly-ruby exec ruby -W0 /standin-test/all.rb`,
    ],
    // One stream, without frames.
    Tty: true,
  });
  await container.putArchive(recipeArchive(files), { path: '/' });
}, 420_000);

afterAll(async () => {
  await container?.remove({ force: true, v: true });
});

it('the stand-in for Rails passes its own tests with the programs of the image', async () => {
  await container?.start();
  const { StatusCode: code } = (await container?.wait()) as { StatusCode: number };
  const said = (await container?.logs({ stdout: true, stderr: true }))?.toString('utf8') ?? '';
  expect(said).toMatch(/^.*[1-9]\d* runs, \d+ assertions, 0 failures, 0 errors, 0 skips/m);
  expect(code).toBe(0);
}, 180_000);
