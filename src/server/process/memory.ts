import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How long nobody must have asked anything before memory is given back. */
const REST_MS = 1500;

/** What is left of the heap grows by so many percent before it is cleaned again. */
const GROWTH_PERCENT = 200;

/**
 * Keeps the process small: an analysis makes much garbage, which must neither pile up nor be cleaned so often that
 * checking takes twice the time. While the user types there is room; when he rests, the heap is cleaned and its pages are
 * moved together, so that the others go back to the system.
 */
export class Memory {
  private readonly collect: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    this.collect = typeof collect === 'function' ? () => void (collect as () => unknown)() : undefined;
  }

  /** Something was analysed. */
  used(): void {
    if (this.collect === undefined) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tidyUp();
    }, REST_MS).unref();
    this.timer.refresh();
  }

  private tidyUp(): void {
    setFlagsFromString('--compact-on-every-full-gc');
    this.collect?.();
    setFlagsFromString('--no-compact-on-every-full-gc');
  }
}
