import { setFlagsFromString } from 'node:v8';

/** Bytes of files from which on optimized code is worth its making. */
const LONG = 400_000;

/**
 * Most checks end before the engine's optimized code would have paid for its making, which a second processor does
 * meanwhile: it is not made until a run turns out to be a long one.
 */
export class ShortRun {
  private short = true;

  constructor() {
    setFlagsFromString('--no-opt');
  }

  /** Tells how much there is to do. @param bytes of all files */
  expect(bytes: number): void {
    if (!this.short || bytes < LONG) return;
    this.short = false;
    setFlagsFromString('--opt');
  }

  /** Puts the engine's flags back to those the run began with: code is kept for runs that begin so. */
  end(): void {
    setFlagsFromString('--no-opt');
  }
}
