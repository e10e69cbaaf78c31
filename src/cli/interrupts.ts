import type { Disposable } from './context';
import { EXIT } from './exit-code';

/**
 * Wishes to end that come from outside: signals, and a reader of our output that has gone away. They go to whoever
 * listens, to stop and clean up; while nobody does they end the program, as they would without us.
 */
export class Interrupts {
  private readonly listeners = new Set<() => void>();
  private readerGone = false;

  /** @param end ends the program at once with this exit code */
  constructor(private readonly end: (exitCode: number) => void) {}

  /** Calls back at every wish to end until disposed. */
  listen(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Ctrl-C, `kill`, a closed terminal. */
  signal(): void {
    if (!this.tell()) this.end(EXIT.cancelled);
  }

  /**
   * Nobody reads our output any more (`gitlab-ha list | head -1`), which is no failure. Every write says so; only the
   * first counts, so that cleaning up, which writes too, comes to its end.
   */
  closedPipe(): void {
    if (this.readerGone) return;
    this.readerGone = true;
    if (!this.tell()) this.end(EXIT.ok);
  }

  private tell(): boolean {
    const told = [...this.listeners];
    for (const listener of told) listener();
    return told.length > 0;
  }
}
