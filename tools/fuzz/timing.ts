/** Times of single texts, and what they may take. */

/** CPU and wall time of a piece of work, in milliseconds, with what it gave. */
export interface Timed<Result> {
  readonly result: Result;
  readonly cpu: number;
  readonly wall: number;
}

/** Runs and times. CPU time counts all threads of the process, so the collector's work as well. */
export function timed<Result>(work: () => Result): Timed<Result> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpu: (user + system) / 1000, wall: performance.now() - start };
}

/** What a text may take, in milliseconds of CPU time: a constant and a share for its length. */
export function bound(length: number): number {
  return 50 + (2 * length) / 1024;
}

/**
 * A measured time, or when it is above a limit the best of it and two more: a collection of garbage may fall into one
 * measurement, hardly into three.
 */
export function bestOf(first: number, limit: number, again: () => Timed<unknown>): number {
  return first <= limit ? first : Math.min(first, again().cpu, again().cpu);
}

/** Bytes in use after the garbage is collected. */
export function heapInUse(): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (collect === undefined) throw new Error('Start with node --expose-gc: npm run fuzz does');
  collect();
  return process.memoryUsage().heapUsed;
}
