import { say } from '../words/message';
import type { Message } from '../words/message';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LabError } from './lab-error';

const ATTEMPTS = 5;

/**
 * Makes a folder for what outlives a process, readable by its user only.
 * @throws LabError `no-state` when it cannot be made
 */
export async function makeStateFolder(dir: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      return;
    } catch (error) {
      // ENOENT: somebody removed a folder that was just made; or, on a file system that is read-only, Node's word for it.
      const raced = (error as NodeJS.ErrnoException).code === 'ENOENT' && attempt < ATTEMPTS;
      if (!raced) throw stateFailure(dir, (await whyNotMade(dir)) ?? error);
    }
  }
}

/** A state folder that cannot be used, and why. */
export function stateFailure(dir: string, error: unknown): LabError {
  const code = (error as NodeJS.ErrnoException).code;
  return new LabError(
    'no-state',
    say(
      'The folder for locks and recordings, {0}, cannot be written: {1}.',
      dir,
      WHY[code ?? ''] ?? (error as Error).message,
    ),
    say('Mend that, or name another folder with XDG_STATE_HOME.'),
    { cause: error },
  );
}

const WHY: Readonly<Record<string, Message>> = {
  EACCES: say('this user may not'),
  EPERM: say('this user may not'),
  EROFS: say('its file system is read-only'),
  ENOSPC: say('its disk is full'),
  EDQUOT: say('this user’s share of the disk is full'),
  ENOTDIR: say('a part of the path is a file'),
  EEXIST: say('a part of the path is a file'),
};

/** What the system says when the first missing folder is made alone: with all the others Node says ENOENT for anything. */
async function whyNotMade(dir: string): Promise<unknown> {
  for (let folder = dir; ; folder = dirname(folder)) {
    try {
      await mkdir(folder, { mode: 0o700 });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) return error;
    }
  }
}
