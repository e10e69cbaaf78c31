import { say } from '../../words/message';
import type Docker from 'dockerode';
import { LabError } from '../lab-error';
import { emptyLockedFolder } from '../lock/file-locks';
import type { OperationControl } from '../lab-service';
import { labStateDir } from '../state-dir';
import { destroyLab } from './execute/destroy';
import { withLabLocks } from './locks/lab-locks';
import { Operation } from './operation';
import { sweepImageLocks } from './image/image-lock';
import { sweepTemporaryContainers } from './image/temporary-containers';

export interface DestroyParts {
  readonly docker: Docker;
  readonly stateDir: string;
}

const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;

/**
 * Removes a lab and what this machine remembers of it. Destroying what is not there succeeds.
 * @returns false when there was nothing of it
 * @throws LabError `busy`, `docker-failed`
 */
export async function destroyNamedLab(
  parts: DestroyParts,
  lab: string,
  control: OperationControl,
): Promise<boolean> {
  // The name becomes a folder's name below.
  if (!NAME.test(lab))
    throw new LabError('no-lab', say('"{0}" is no name of a lab.', lab), say('See "gitlab-ha list".'));
  const operation = new Operation(parts.docker, control, { destroy: [0, 1] });
  return withLabLocks({ operation, stateDir: parts.stateDir, lab }, 'destroy', async (takenOver) => {
    operation.throwIfCancelled();
    const removed = await destroyLab(operation, lab, takenOver);
    await sweepTemporaryContainers(parts.docker);
    await sweepImageLocks(parts.stateDir);
    const remembered = await emptyLockedFolder(labStateDir(parts.stateDir, lab));
    const something = removed + remembered > 0;
    operation.progress(
      'destroy',
      something ? say('lab "{0}" is gone', lab) : say('there is no lab "{0}"', lab),
      1,
    );
    return something;
  });
}
