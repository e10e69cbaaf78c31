/**
 * The time that a step in a node may take: the usual one, and as much longer as its program was told that it may take to stop.
 * That is asked for once the usual time is over.
 */
export class StepLimit {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;
  private given: number;
  private ended = false;

  /**
   * @param usualMs milliseconds
   * @param longerMs how many milliseconds its program may take to stop; nothing where it rejects
   */
  constructor(usualMs: number, longerMs: () => Promise<number>) {
    this.given = usualMs;
    this.timer = setTimeout(() => void this.extend(longerMs), usualMs);
  }

  /** Fires when the time is over. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Milliseconds it has given. */
  get givenMs(): number {
    return this.given;
  }

  /** The step is over. */
  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  private async extend(longerMs: () => Promise<number>): Promise<void> {
    const longer = await longerMs().catch(() => 0);
    if (this.ended) return;
    this.given += longer;
    this.timer = setTimeout(() => this.controller.abort(), longer);
  }
}
