import { verbatim } from '../../../../src/words/message';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquire } from '../../../../src/lab/lock/numbered-lock';
import type { LockEntry, LockStore } from '../../../../src/lab/lock/lock-store';
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
afterEach(() => vi.useRealTimers());

describe('a lock whose taking fails half-way', () => {
  it.each(['list #2', 'create #1', 'remove dead #1'])('at %s: leaves nothing of its own', async (failing) => {
    store.held.set(1, DEAD);
    store.failing = failing;
    const own = await thisProcess('deploy');
    await expect(acquire(store, verbatim('Lab "sample"'), own)).rejects.toThrow(`no ${failing}`);
    expect([...store.held.values()].map(({ token }) => token)).toEqual(['dead']);
    const lock = await acquire(store, verbatim('Lab "sample"'), await thisProcess('destroy'));
    expect(lock.takenOver).toBe(true);
    await lock.release();
    expect(store.held.size).toBe(0);
  });

  it('says why it failed, even when its own cannot be removed either', async () => {
    const own = await thisProcess('deploy');
    store.remove = async () => Promise.reject(new Error('no remove'));
    store.failing = 'list #2';
    await expect(acquire(store, verbatim('Lab "sample"'), own)).rejects.toThrow('no list #2');
  });
});

describe('a lock that is held for long', () => {
  const MINUTE = 60_000;
  const ELSEWHERE = { host: 'elsewhere.example', pids: 'pid:[2]', boot: 'another' };
  const what = 'Lab "sample"';

  /** Held by somebody whose process cannot be looked up from here. */
  async function hold() {
    vi.useFakeTimers({ now: 0 });
    return acquire(store, verbatim(what), { ...(await thisProcess('deploy')), ...ELSEWHERE });
  }

  async function isRefused(): Promise<boolean> {
    const taken = acquire(store, verbatim(what), await thisProcess('destroy'));
    return taken.then(
      () => false,
      (error: unknown) => (error as { code?: unknown }).code === 'busy',
    );
  }

  it('shows every two minutes that its owner lives, and is one at every moment', async () => {
    const lock = await hold();
    const counts = new Set<number>();
    const list = store.list.bind(store);
    store.remove = async function (entry) {
      counts.add((await list()).length);
      await MemoryLocks.prototype.remove.call(this, entry);
    };
    await vi.advanceTimersByTimeAsync(2 * 60 * MINUTE);
    expect([...store.held].map(([number, { since, seen }]) => ({ number, since, seen }))).toEqual([
      { number: 61, since: 0, seen: 2 * 60 * MINUTE },
    ]);
    expect([...counts]).toEqual([2]);
    expect(await isRefused()).toBe(true);
    await lock.release();
    expect(store.held.size).toBe(0);
  });

  it('makes up for signs that failed', async () => {
    const lock = await hold();
    for (const failing of ['list #3', 'create #2', 'remove mine #1']) {
      store.failing = failing;
      await vi.advanceTimersByTimeAsync(2 * MINUTE);
    }
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect([...store.held.values()].map(({ seen }) => seen)).toEqual([8 * MINUTE]);
    await lock.release();
    expect(store.held.size).toBe(0);
  });

  it('leaves nothing when it is released in the middle of a sign', async () => {
    const lock = await hold();
    vi.advanceTimersByTime(2 * MINUTE);
    await lock.release();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(store.held.size).toBe(0);
  });

  it('does not come back after it was taken over', async () => {
    const lock = await hold();
    vi.setSystemTime(20 * MINUTE);
    const next = await acquire(store, verbatim(what), await thisProcess('destroy'));
    expect(next.takenOver).toBe(true);
    await vi.advanceTimersByTimeAsync(4 * MINUTE);
    expect([...store.held.values()].map(({ purpose }) => purpose)).toEqual(['destroy']);
    await lock.release();
    expect([...store.held.values()].map(({ purpose }) => purpose)).toEqual(['destroy']);
    await next.release();
  });
});
