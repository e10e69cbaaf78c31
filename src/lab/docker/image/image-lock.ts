import { readdir } from 'node:fs/promises';
import { say } from '../../../words/message';
import { LabError } from '../../lab-error';
import { acquireLabLock } from '../../lock/lab-lock';
import { labStateDir } from '../../state-dir';
import type { Operation } from '../operation';

/** No lab can have this name: a dot does not begin a DNS label. */
const IMAGE = '.image';
const RETRY_MS = 500;

const SWEEPS = 'sweep';

/**
 * Lets one process at a time build an image; the others wait, and then find it there.
 * @param service whose image it is; the node image's when absent
 */
export async function withImageLock<T>(
  stateDir: string,
  operation: Operation,
  work: () => Promise<T>,
  service?: string,
): Promise<T> {
  const name = service === undefined ? IMAGE : `${IMAGE}-${service}`;
  const what = service === undefined ? say('The node image') : say('The image of {0}', service);
  for (;;) {
    operation.throwIfCancelled();
    try {
      const lock = await acquireLabLock(labStateDir(stateDir, name), what, 'build');
      try {
        return await work();
      } finally {
        await lock.release();
      }
    } catch (error) {
      if (!(error instanceof LabError) || error.code !== 'busy') throw error;
      operation.progress('image', say('another process is building the image'), 0);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Removes the locks of processes that were killed while they built an image: a living one's stays. */
export async function sweepImageLocks(stateDir: string): Promise<void> {
  const names = await readdir(stateDir).catch(() => []);
  for (const name of names.filter((one) => one === IMAGE || one.startsWith(`${IMAGE}-`))) {
    try {
      // Who takes a lock removes those of the dead.
      const lock = await acquireLabLock(labStateDir(stateDir, name), say('The node image'), SWEEPS);
      await lock.release();
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
    }
  }
}
