import { rm } from 'node:fs/promises';
import type Docker from 'dockerode';
import { LabError } from '../lab-error';
import { acquireLabLock } from '../lab-lock';
import type { OperationControl } from '../lab-service';
import { labStateDir } from '../state-dir';
import { destroyLab } from './destroy';
import { withFreeImageLock } from './image-lock';
import { removeTemporaryContainer } from './node-image';
import { Operation } from './operation';

export interface DestroyParts {
  readonly docker: Docker;
  readonly imageDir: string;
  readonly stateDir: string;
}

const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

/**
 * Removes a lab and what this machine remembers of it. Destroying what is not there succeeds.
 * @throws LabError `busy`, `docker-failed`
 */
export async function destroyNamedLab(
  parts: DestroyParts,
  lab: string,
  control: OperationControl,
): Promise<void> {
  // The name becomes a folder's name below.
  if (!NAME.test(lab)) throw new LabError('no-lab', `"${lab}" is no name of a lab.`, 'See "gitlab-ha list".');
  const operation = new Operation(parts.docker, control, { destroy: [0, 1] });
  const dir = labStateDir(parts.stateDir, lab);
  const lock = await acquireLabLock(dir, lab, 'destroy');
  try {
    operation.throwIfCancelled();
    await destroyLab(operation, lab, lock.takenOver);
    await withFreeImageLock(parts.stateDir, () => removeTemporaryContainer(parts.docker, parts.imageDir));
    // The lock is in there too: it goes with the rest.
    await rm(dir, { recursive: true, force: true });
    operation.progress('destroy', `lab "${lab}" is gone`, 1);
  } finally {
    await lock.release();
  }
}
