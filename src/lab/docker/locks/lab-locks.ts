import { say } from '../../../words/message';
import { acquireLabLock } from '../../lock/lab-lock';
import { labStateDir } from '../../state-dir';
import { reasonOf } from '../docker-errors';
import { acquireEngineLock } from './engine-lock';
import type { Operation } from '../operation';

/**
 * Does work on a lab as the only one: among this user's processes by a file in the state folder, among all users of the
 * engine by a mark in the engine.
 * @param work is told whether an earlier holder was killed: what it had ordered may still be arriving
 * @throws LabError `busy` with who works there and since when; `no-state`
 */
export async function withLabLocks<T>(
  place: {
    readonly operation: Pick<Operation, 'docker' | 'log'>;
    readonly stateDir: string;
    readonly lab: string;
  },
  purpose: string,
  work: (takenOver: boolean) => Promise<T>,
): Promise<T> {
  const { operation, stateDir, lab } = place;
  const dir = labStateDir(stateDir, lab);
  const own = await acquireLabLock(dir, say('Lab "{0}"', lab), purpose);
  try {
    const shared = await acquireEngineLock(operation.docker, lab, purpose, dir);
    try {
      return await work(own.takenOver || shared.takenOver);
    } finally {
      // An engine that went away keeps the mark; the next holder of the file above knows that nobody is behind it.
      await shared
        .release()
        .catch((error: unknown) => operation.log(`failed: the engine's lock stays: ${reasonOf(error)}`));
    }
  } finally {
    await own.release();
  }
}
