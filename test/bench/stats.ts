/** A figure measured several times. */
export interface Summary {
  readonly runs: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median, smallest and largest of the values. @throws RangeError when there are none. */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new RangeError('nothing was measured');
  return { runs: sorted.length, median: median(sorted), min, max };
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Sums per name over one run's phases, and the share each has of the whole, 0 to 1. */
export function shares(phases: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const total = Object.values(phases).reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(
    Object.entries(phases).map(([name, value]) => [name, total === 0 ? 0 : value / total]),
  );
}

/** The median of each phase over several runs; a phase missing in a run counts as 0 there. */
export function medianPhases(
  runs: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  return Object.fromEntries(names.map((name) => [name, summarize(runs.map((run) => run[name] ?? 0)).median]));
}
