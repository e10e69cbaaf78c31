/**
 * How long to wait before the next attempt: the first is quick because most losses are short, then doubling up
 * to a bound, each with up to 30 % off so that watchers do not knock together.
 */
export class BackOff {
  private failures = 0;

  constructor(
    private readonly firstMs = 200,
    private readonly mostMs = 5_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds to wait now; grows with each call until `reset`. */
  next(): number {
    const full = Math.min(this.mostMs, this.firstMs * 2 ** this.failures);
    this.failures += 1;
    return Math.round(full * (1 - 0.3 * this.random()));
  }

  /** The last attempt went well. */
  reset(): void {
    this.failures = 0;
  }
}
