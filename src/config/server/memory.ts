import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How long nobody must have asked anything before memory is given back. */
const REST_MS = 1500;

/**
 * Keeps the process small: an analysis makes much garbage that V8, left alone, lets pile up for the sake of speed a
 * language server does not need. The heap grows in small steps, and is cleaned when the user rests.
 */
export class Memory {
  private readonly collect: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    setFlagsFromString('--heap-growing-percent=30');
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    this.collect = typeof collect === 'function' ? () => void (collect as () => unknown)() : undefined;
  }

  /** Something was analysed. */
  used(): void {
    if (this.collect === undefined) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.collect?.();
    }, REST_MS).unref();
    this.timer.refresh();
  }
}
