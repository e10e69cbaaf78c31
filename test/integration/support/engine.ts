import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Docker from 'dockerode';
import { connectDocker } from '../../../src/lab/docker/endpoint/connect';
import { ensureNodeImage } from '../../../src/lab/docker/image/node-image';
import { Operation } from '../../../src/lab/docker/operation';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const IMAGE_DIR = join(ROOT, 'lab', 'image');

/** The engine of this machine. */
export async function testDocker(): Promise<Docker> {
  return (await connectDocker()).docker;
}

/** The node image, built when it is not there. */
export async function testImage(docker: Docker): Promise<string> {
  return ensureNodeImage(new Operation(docker, {}, {}), IMAGE_DIR);
}

/** A name no other test uses. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(3).toString('hex')}`;
}

/** A folder that is removed again. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'gitlab-ha-lab-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Waits until the condition holds. @throws Error after the limit, naming what was waited for */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
