import { beforeEach, describe, expect, it } from 'vitest';
import { acquire } from '../../../../src/lab/lock/numbered-lock';
import type { LockEntry, LockStore } from '../../../../src/lab/lock/numbered-lock';
import { thisProcess } from '../../../../src/lab/lock/owner';
import type { Owner } from '../../../../src/lab/lock/owner';

const DEAD: Owner = { pid: 0, started: 'never', purpose: 'deploy', since: 0, token: 'dead' };

/** Locks in memory; a call that `failing` names is refused, after it was done when it makes a lock. */
class MemoryLocks implements LockStore {
  readonly held = new Map<number, Owner>();
  readonly calls: string[] = [];
  failing = '';

  async list(): Promise<readonly LockEntry[]> {
    this.note('list');
    return [...this.held].map(([number, owner]) => ({ number, owner }));
  }

  async create(number: number, owner: Owner): Promise<boolean> {
    if (this.held.has(number)) return false;
    this.held.set(number, owner);
    this.note('create');
    return true;
  }

  async remove({ number, owner }: LockEntry): Promise<void> {
    this.note(`remove ${owner?.token === DEAD.token ? 'dead' : 'mine'}`);
    if (this.held.get(number)?.token === owner?.token) this.held.delete(number);
  }

  private note(call: string): void {
    const count = this.calls.filter((one) => one.startsWith(`${call} #`)).length + 1;
    this.calls.push(`${call} #${count}`);
    if (`${call} #${count}` === this.failing) throw new Error(`no ${this.failing}`);
  }
}

let store: MemoryLocks;
beforeEach(() => {
  store = new MemoryLocks();
});

describe('a lock whose taking fails half-way', () => {
  it.each(['list #2', 'create #1', 'remove dead #1'])('at %s: leaves nothing of its own', async (failing) => {
    store.held.set(1, DEAD);
    store.failing = failing;
    const own = await thisProcess('deploy');
    await expect(acquire(store, 'Lab "sample"', own)).rejects.toThrow(`no ${failing}`);
    expect([...store.held.values()].map(({ token }) => token)).toEqual(['dead']);
    const lock = await acquire(store, 'Lab "sample"', await thisProcess('destroy'));
    expect(lock.takenOver).toBe(true);
    await lock.release();
    expect(store.held.size).toBe(0);
  });

  it('says why it failed, even when its own cannot be removed either', async () => {
    const own = await thisProcess('deploy');
    store.remove = async () => Promise.reject(new Error('no remove'));
    store.failing = 'list #2';
    await expect(acquire(store, 'Lab "sample"', own)).rejects.toThrow('no list #2');
  });
});
