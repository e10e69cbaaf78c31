import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { LabError } from '../lab-error';
import { LivingLock } from './living-lock';
import { nextNumber } from './lock-store';
import type { LockEntry, LockStore } from './lock-store';
import { describeOwner, lives, waysToFree } from './owner';
import type { Owner } from './owner';
import { thisPlace } from './place';

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
export async function acquire(store: LockStore, what: Message, owner: Owner): Promise<HeldLock> {
  const own = { ...owner, seen: Date.now() };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await store.list();
    const holder = await livingOwner(before);
    if (holder) throw await busy(what, holder);
    const mine: LockEntry = { number: nextNumber(before), owner: own };
    try {
      if (!(await store.create(mine.number, own))) continue;
      await giveWay(store, what, own);
      for (const entry of before) await store.remove(entry);
    } catch (error) {
      // Not held, so it must not stay: this process may live for days, and everybody would wait for it.
      await store.remove(mine).catch(() => undefined);
      throw error;
    }
    return new LivingLock(store, own, mine, before.length > 0);
  }
  throw new LabError(
    'busy',
    say('{0} is being worked on by others all the time.', what),
    say('Try again in a moment.'),
  );
}

/** @throws LabError `busy` when another living owner is there as well */
async function giveWay(store: LockStore, what: Message, own: Owner): Promise<void> {
  const others = (await store.list()).filter(({ owner }) => owner?.token !== own.token);
  const rival = await livingOwner(others);
  if (rival) throw await busy(what, rival);
}

async function livingOwner(entries: readonly LockEntry[]): Promise<Owner | undefined> {
  for (const { owner } of entries) if (owner && (await lives(owner))) return owner;
  return undefined;
}

async function busy(what: Message, owner: Owner): Promise<LabError> {
  const here = await thisPlace();
  return new LabError(
    'busy',
    say('{0} is busy: {1}.', what, describeOwner(owner, here)),
    waysToFree(owner, here),
  );
}
