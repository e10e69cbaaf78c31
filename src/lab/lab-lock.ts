import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from './lab-error';
import { isRunning, isStartOf, startTimeOf } from './process-identity';

/** Who holds a lock; the content of its file. */
interface Owner {
  readonly pid: number;
  readonly started: string | undefined;
  /** What it does, e.g. `deploy`. */
  readonly purpose: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly token: string;
}

export interface HeldLock {
  /** True when an earlier holder was killed: what it had ordered may still be arriving. */
  readonly takenOver: boolean;
  release(): Promise<void>;
}

const FILE = /^lock\.(\d+)$/;
const ATTEMPTS = 20;

/**
 * One writer per lab, across processes. The lock is a file `lock.<n>` that appears with its content (a hard
 * link). A killed owner is recognised by its pid and start time; whoever finds one makes `lock.<n+1>`, which only
 * one can, and then removes the old file. After making a file everybody looks again whether another living owner is
 * there and gives way, so that two can never hold it.
 * @param dir the lab's state folder; made when absent
 * @throws LabError `busy` with who holds it and since when
 */
export async function acquireLabLock(dir: string, lab: string, purpose: string): Promise<HeldLock> {
  const own: Owner = {
    pid: process.pid,
    started: await startTimeOf(process.pid),
    purpose,
    since: Date.now(),
    token: randomUUID(),
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await readLocks(dir);
    const holder = await livingOwner(before);
    if (holder) throw busy(lab, holder);
    const number = Math.max(0, ...before.map((entry) => entry.number)) + 1;
    if (!(await tryCreate(dir, number, own))) continue;
    const rival = await livingOwner(
      (await readLocks(dir)).filter((entry) => entry.owner?.token !== own.token),
    );
    if (rival) {
      await rm(lockPath(dir, number), { force: true });
      throw busy(lab, rival);
    }
    for (const entry of before) await rm(lockPath(dir, entry.number), { force: true });
    return { takenOver: before.length > 0, release: () => release(dir, number) };
  }
  throw new LabError(
    'busy',
    `Lab "${lab}" is being worked on by others all the time.`,
    'Try again in a moment.',
  );
}

interface LockEntry {
  readonly number: number;
  readonly owner: Owner | undefined;
}

async function readLocks(dir: string): Promise<readonly LockEntry[]> {
  const names = await readdir(dir).catch(() => []);
  const numbers = names.map((name) => FILE.exec(name)?.[1]).filter((text) => text !== undefined);
  return Promise.all(
    numbers.map(async (text) => ({
      number: Number(text),
      owner: await readOwner(lockPath(dir, Number(text))),
    })),
  );
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch {
    return undefined; // Released in between, or cut off by a full disk: nobody's.
  }
}

async function livingOwner(entries: readonly LockEntry[]): Promise<Owner | undefined> {
  for (const { owner } of entries) if (owner && (await lives(owner))) return owner;
  return undefined;
}

async function lives(owner: Owner): Promise<boolean> {
  if (!isRunning(owner.pid)) return false;
  return owner.started === undefined || isStartOf(owner.pid, owner.started);
}

/** Makes the file with its content at once; false when somebody else was faster or the folder just went away. */
async function tryCreate(dir: string, number: number, owner: Owner): Promise<boolean> {
  const draft = join(dir, `draft.${owner.token}`);
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await writeFile(draft, JSON.stringify(owner), { mode: 0o600 });
    await link(draft, lockPath(dir, number));
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the lock, and the folder when nothing else is in it. */
async function release(dir: string, number: number): Promise<void> {
  await rm(lockPath(dir, number), { force: true });
  await rmdir(dir).catch(() => undefined);
}

function lockPath(dir: string, number: number): string {
  return join(dir, `lock.${number}`);
}

function busy(lab: string, owner: Owner): LabError {
  const since = new Date(owner.since).toISOString();
  return new LabError(
    'busy',
    `Lab "${lab}" is busy: process ${owner.pid} has been working on it (${owner.purpose}) since ${since}.`,
    'Wait until it is done, or end that process; its lock is then taken over at once.',
  );
}
