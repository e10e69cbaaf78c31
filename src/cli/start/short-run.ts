import { setFlagsFromString } from 'node:v8';

/** Bytes of files from which on optimized code is worth its making. */
const LONG = 400_000;

/** The newest Node whose engine is known to have the flags below; of one that it does not know, an engine speaks aloud. */
const NEWEST_KNOWN = 24;

/**
 * The parser of Ruby runs as it was first translated: its optimized code is never worth its making, not even for the
 * largest gitlab.rb, and what is never called of it need not be looked through. What is read of a file lives until the end:
 * the space for young objects grows at once, and not by halves with all of them carried along each time, nor are they
 * looked through between two steps of the work.
 */
const ALWAYS = [
  '--wasm-tiering-budget=1000000000',
  '--wasm-lazy-validation',
  '--semi-space-growth-factor=32',
  '--no-minor-gc-task',
] as const;

/**
 * Most checks end before the engine's optimized code would have paid for its making, which a second processor does
 * meanwhile: it is not made until a run turns out to be a long one.
 */
export class ShortRun {
  private short = true;

  /** @param node the version that runs, `20.1.0` */
  constructor(node: string = process.versions.node) {
    if (Number.parseInt(node, 10) <= NEWEST_KNOWN) for (const flag of ALWAYS) setFlagsFromString(flag);
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
