import { LabError } from '../lab-error';
import { describeOwner, lives } from './owner';
import type { Owner } from './owner';

/** One lock as it is found; its owner is undefined when it does not say who made it. */
export interface LockEntry {
  readonly number: number;
  readonly owner: Owner | undefined;
}

/** Where numbered locks are kept. */
export interface LockStore {
  list(): Promise<readonly LockEntry[]>;
  /** Makes a lock with its content at once. @returns false when somebody else was faster */
  create(number: number, owner: Owner): Promise<boolean>;
  /** Removes a lock, unless it is another one than was seen: the number may have been taken anew. */
  remove(entry: LockEntry): Promise<void>;
}

export interface HeldLock {
  /** True when an earlier holder was killed: what it had ordered may still be arriving. */
  readonly takenOver: boolean;
  release(): Promise<void>;
}

const ATTEMPTS = 20;

/**
 * Takes the one lock of a store. A dead owner's lock n is taken over by making n+1, which only one can, and then
 * removing the old one. After making a lock everybody looks again whether another living owner is there and gives way,
 * so that two can never hold it.
 * @param what what is locked, e.g. `Lab "sample"`
 * @throws LabError `busy` with who holds it and since when; what the store throws. Nothing of its own stays then.
 */
export async function acquire(store: LockStore, what: string, own: Owner): Promise<HeldLock> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await store.list();
    const holder = await livingOwner(before);
    if (holder) throw busy(what, holder);
    const number = Math.max(0, ...before.map((entry) => entry.number)) + 1;
    const mine: LockEntry = { number, owner: own };
    try {
      if (!(await store.create(number, own))) continue;
      await giveWay(store, what, own);
      for (const entry of before) await store.remove(entry);
    } catch (error) {
      // Not held, so it must not stay: this process may live for days, and everybody would wait for it.
      await store.remove(mine).catch(() => undefined);
      throw error;
    }
    return { takenOver: before.length > 0, release: () => store.remove(mine) };
  }
  throw new LabError('busy', `${what} is being worked on by others all the time.`, 'Try again in a moment.');
}

/** @throws LabError `busy` when another living owner is there as well */
async function giveWay(store: LockStore, what: string, own: Owner): Promise<void> {
  const others = (await store.list()).filter(({ owner }) => owner?.token !== own.token);
  const rival = await livingOwner(others);
  if (rival) throw busy(what, rival);
}

async function livingOwner(entries: readonly LockEntry[]): Promise<Owner | undefined> {
  for (const { owner } of entries) if (owner && (await lives(owner))) return owner;
  return undefined;
}

function busy(what: string, owner: Owner): LabError {
  return new LabError(
    'busy',
    `${what} is busy: ${describeOwner(owner)}.`,
    'Wait until it is done, or end that process; its lock is then taken over at once.',
  );
}
