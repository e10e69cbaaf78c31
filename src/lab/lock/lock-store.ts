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

/** The number to take beside those that are taken. */
export function nextNumber(entries: readonly LockEntry[]): number {
  return Math.max(0, ...entries.map(({ number }) => number)) + 1;
}
