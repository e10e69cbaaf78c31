import { nextNumber } from './lock-store';
import type { LockEntry, LockStore } from './lock-store';
import { HEARTBEAT_MS } from './owner';
import type { Owner } from './owner';

/**
 * A lock that is held, and shows now and then that its owner lives: a new one with the time is made beside it, then the
 * old one goes, so that at every moment there is one. A sign that fails is made up for by the next.
 */
export class LivingLock {
  private mine: readonly LockEntry[];
  private renewing: Promise<void> | undefined;
  private readonly timer: NodeJS.Timeout;

  /** @param held the lock as it was made */
  constructor(
    private readonly store: LockStore,
    private readonly own: Owner,
    held: LockEntry,
    readonly takenOver: boolean,
  ) {
    this.mine = [held];
    this.timer = setInterval(() => this.showLife(), HEARTBEAT_MS);
    // Whoever forgets a lock may still end.
    this.timer.unref();
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.renewing;
    for (const entry of this.mine) await this.store.remove(entry);
  }

  private showLife(): void {
    this.renewing ??= this.renew()
      .catch(() => undefined)
      .finally(() => (this.renewing = undefined));
  }

  private async renew(): Promise<void> {
    const entries = await this.store.list();
    // Taken over while this machine slept, or removed by hand: it is not ours any more.
    if (!entries.some(({ owner }) => owner?.token === this.own.token)) return;
    const old = this.mine;
    const next = { number: nextNumber(entries), owner: { ...this.own, seen: Date.now() } };
    // Before it is made: what fails half-way may be there.
    this.mine = [...old, next];
    if (!(await this.store.create(next.number, next.owner))) {
      this.mine = old;
      return;
    }
    for (const entry of old) await this.store.remove(entry);
    this.mine = [next];
  }
}
