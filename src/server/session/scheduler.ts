/** Time as the scheduler sees it; tests pass their own. */
export interface Clock {
  now(): number;
  /** Calls back after some milliseconds; returns what calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Rest after the last keystroke before what is found is shown, in milliseconds. */
export const DEBOUNCE_MS = 100;
/** Rest after which the work for it begins: an editor asks for the colours of the new text about then, too. */
export const PREPARE_MS = 60;

/**
 * Decides when a file is checked: at once when it is opened, and a moment after the last change. A newer change
 * supersedes a check that waits, so at most one is waiting per file. The check is prepared a little before.
 */
export class Scheduler {
  /** What calls off the timers of a file. */
  private readonly waiting = new Map<string, readonly (() => void)[]>();

  constructor(
    private readonly check: (uri: string) => void,
    private readonly clock: Clock = SYSTEM_CLOCK,
    private readonly prepare: (uri: string) => void = () => undefined,
  ) {}

  /** Checks as soon as what is being done is done. */
  soon(uri: string): void {
    this.drop(uri);
    this.waiting.set(uri, [this.checkAfter(uri, 0)]);
  }

  /** Checks after a moment of rest. */
  afterRest(uri: string): void {
    this.drop(uri);
    const prepared = this.clock.after(PREPARE_MS, () => this.prepare(uri));
    this.waiting.set(uri, [prepared, this.checkAfter(uri, DEBOUNCE_MS)]);
  }

  /** Forgets a file. */
  drop(uri: string): void {
    for (const callOff of this.waiting.get(uri) ?? []) callOff();
    this.waiting.delete(uri);
  }

  dispose(): void {
    for (const uri of [...this.waiting.keys()]) this.drop(uri);
  }

  private checkAfter(uri: string, delay: number): () => void {
    return this.clock.after(delay, () => {
      this.waiting.delete(uri);
      this.check(uri);
    });
  }
}
