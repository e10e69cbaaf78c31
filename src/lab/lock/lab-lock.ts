import type { Message } from '../../words/message';
import { FileLocks } from './file-locks';
import { acquire } from './numbered-lock';
import type { HeldLock } from './numbered-lock';
import { thisProcess } from './owner';

/**
 * One writer per lab, across the processes of one user. The lock is a file `lock.<n>` in the lab's state folder.
 * @param dir the lab's state folder; made when absent, and removed on release when nothing else is in it
 * @param what what is locked, e.g. `Lab "sample"`
 * @throws LabError `busy` with who holds it and since when; `no-state` when the folder cannot be written
 */
export async function acquireLabLock(dir: string, what: Message, purpose: string): Promise<HeldLock> {
  return acquire(new FileLocks(dir), what, await thisProcess(purpose));
}
