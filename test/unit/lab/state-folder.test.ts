import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeStateFolder, stateFailure } from '../../../src/lab/state-folder';

const REMEDY = 'Mend that, or name another folder with XDG_STATE_HOME.';

describe('the folder for locks and recordings', () => {
  let base: string;
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'state-'));
  });
  afterEach(() => rm(base, { recursive: true }));

  it('is made, with all above it, for its user only', async () => {
    const dir = join(base, 'a', 'b');
    await makeStateFolder(dir);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
  });

  it('is named, with the reason, when a part of its path is a file', async () => {
    await writeFile(join(base, 'file'), '');
    const dir = join(base, 'file', 'gitlab-ha-lab');
    await expect(makeStateFolder(dir)).rejects.toMatchObject({
      code: 'no-state',
      message: `The folder for locks and recordings, ${dir}, cannot be written: a part of the path is a file.`,
      remedy: REMEDY,
    });
  });

  it.each([
    ['EROFS', 'its file system is read-only'],
    ['ENOSPC', 'its disk is full'],
    ['EDQUOT', 'this user’s share of the disk is full'],
    ['EACCES', 'this user may not'],
  ])('says of %s: %s', (code, reason) => {
    expect(stateFailure('/state', Object.assign(new Error('mkdir'), { code }))).toMatchObject({
      code: 'no-state',
      message: `The folder for locks and recordings, /state, cannot be written: ${reason}.`,
      remedy: REMEDY,
    });
  });

  it('says of another error what the system said', () => {
    const error = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    expect(stateFailure('/state', error).message).toBe(
      'The folder for locks and recordings, /state, cannot be written: EMFILE: too many open files.',
    );
  });
});
