/**
 * What the watchers learn from each other: whether a node can be reached at all (there is no use in knocking at a
 * stopped one), and whether something just happened, so that polls are worth more often.
 */
export class Hints {
  private readonly down = new Set<string>();
  private readonly cut = new Set<string>();
  private readonly waiting = new Set<() => void>();
  private hurryUntil = 0;

  constructor(private readonly now: () => number) {}

  /** The node is not known to be paused, stopped or missing. */
  runs(node: string): boolean {
    return !this.down.has(node);
  }

  /** It runs and is not known to be cut from the network: its agents see the others. */
  sees(node: string): boolean {
    return this.runs(node) && !this.cut.has(node);
  }

  /** True for some seconds after a change: polls hurry. */
  hurried(): boolean {
    return this.now() < this.hurryUntil;
  }

  /** Something changed: polls hurry from now on, those that wait are woken. */
  hurry(forMs: number): void {
    const wasHurried = this.hurried();
    this.hurryUntil = Math.max(this.hurryUntil, this.now() + forMs);
    if (!wasHurried) this.wake();
  }

  /** Takes in how a node stands now. */
  setNode(node: string, runs: boolean, connected: boolean): void {
    if (this.runs(node) === runs && this.cut.has(node) === !connected) return;
    if (runs) this.down.delete(node);
    else this.down.add(node);
    if (connected) this.cut.delete(node);
    else this.cut.add(node);
    this.wake();
  }

  /** Calls the listener at every change; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.waiting.add(listener);
    return () => this.waiting.delete(listener);
  }

  private wake(): void {
    for (const listener of [...this.waiting]) listener();
  }
}

/**
 * Sleeps. Resolves early when the signal is aborted, or, with hints, when something changed.
 * @param ms milliseconds
 */
export function pause(ms: number, signal: AbortSignal, hints?: Hints): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      forget?.();
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    const forget = hints?.onChange(done);
  });
}

/** Resolves when the condition holds (checked at every hint) or the signal is aborted. */
export async function until(condition: () => boolean, signal: AbortSignal, hints: Hints): Promise<void> {
  while (!condition() && !signal.aborted) await pause(60_000, signal, hints);
}
