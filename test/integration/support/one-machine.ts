import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { findBases } from '../../../src/lab/docker/image/base-image';
import { recipeArchive } from '../../../src/lab/docker/image/image-recipe';
import { ensureNodeImage } from '../../../src/lab/docker/image/node-image';
import { Operation } from '../../../src/lab/docker/operation';
import { IMAGE_DIR, ROOT, testDocker, uniqueName } from './engine';

/** A container of the node image in which a script starts several members of a cluster at addresses of the loopback. */
export interface OneMachine {
  /** Runs the script once. @returns what it printed, in lines that are not empty */
  run(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/**
 * @param script for bash
 * @param files by path in the container, the path in the checkout of each
 * @param added services that not every node image has
 */
export async function oneMachine(
  script: string,
  files: Readonly<Record<string, string>>,
  added: readonly string[] = [],
): Promise<OneMachine> {
  const docker = await testDocker();
  const operation = new Operation(docker, {}, {});
  const image = await ensureNodeImage(operation, IMAGE_DIR, () => findBases(operation), added);
  const container: Docker.Container = await docker.createContainer({
    name: uniqueName('gitlab-ha-lab-one-machine'),
    Image: image,
    Entrypoint: ['bash', '-c'],
    Cmd: [script],
    // One stream, without frames.
    Tty: true,
  });
  const contents = await Promise.all(
    Object.entries(files).map(async ([path, source]) => ({
      path,
      content: await readFile(join(ROOT, source)),
      mode: 0o755,
    })),
  );
  await container.putArchive(recipeArchive(contents), { path: '/' });
  return {
    run: async () => {
      await container.start();
      await container.wait();
      const said = (await container.logs({ stdout: true, stderr: true })).toString('utf8');
      return said.split(/\r?\n/).filter((line) => line !== '');
    },
    remove: () => container.remove({ force: true, v: true }),
  };
}
