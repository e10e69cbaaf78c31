import { link, readFile, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeStateFolder, stateFailure } from '../state-folder';
import type { LockEntry, LockStore } from './lock-store';
import { parseOwner } from './owner';
import type { Owner } from './owner';

const FILE = /^lock\.(\d+)$/;

/** Locks as files `lock.<n>` of a folder; each appears with its content at once (a hard link). */
export class FileLocks implements LockStore {
  constructor(private readonly dir: string) {}

  async list(): Promise<readonly LockEntry[]> {
    const numbers = (await this.names())
      .map((name) => FILE.exec(name)?.[1])
      .filter((text) => text !== undefined);
    return Promise.all(
      numbers.map(async (text) => {
        const number = Number(text);
        return { number, owner: await this.ownerOf(number) };
      }),
    );
  }

  async create(number: number, owner: Owner): Promise<boolean> {
    const draft = join(this.dir, `draft.${owner.token}`);
    await makeStateFolder(this.dir);
    try {
      await writeFile(draft, JSON.stringify(owner), { mode: 0o600 });
      await link(draft, this.path(number));
      return true;
    } catch (error) {
      // ENOENT: the folder went away with somebody's release.
      if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw stateFailure(this.dir, error);
    } finally {
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  async remove({ number, owner }: LockEntry): Promise<void> {
    const present = await this.ownerOf(number);
    if (present?.token === owner?.token) await rm(this.path(number), { force: true });
    // Goes when nothing else is in it.
    await rmdir(this.dir).catch(() => undefined);
  }

  private async names(): Promise<readonly string[]> {
    try {
      return await readdir(this.dir);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw stateFailure(this.dir, error);
    }
  }

  /** Undefined when it was released in between, or cut off by a full disk: nobody's. */
  private async ownerOf(number: number): Promise<Owner | undefined> {
    return parseOwner(await readFile(this.path(number), 'utf8').catch(() => ''));
  }

  private path(number: number): string {
    return join(this.dir, `lock.${number}`);
  }
}

/**
 * Removes everything in a locked folder but the locks: the folder itself goes when the lock is released.
 * @returns how many things there were
 * @throws LabError `no-state` when something cannot be removed
 */
export async function emptyLockedFolder(dir: string): Promise<number> {
  try {
    const rest = (await readdir(dir)).filter((name) => !FILE.test(name));
    await Promise.all(rest.map((name) => rm(join(dir, name), { recursive: true, force: true })));
    return rest.length;
  } catch (error) {
    throw stateFailure(dir, error);
  }
}
