import type { WriteAttempt } from './write-attempt';

/** What became of the writes of one path. RPO is met when `lost` is empty. */
export interface Loss {
  readonly acknowledged: number;
  /** Sequences a client was promised and that are not there. Sorted. */
  readonly lost: readonly number[];
  /**
   * Sequences that are there although the client was not told so. No fault of the cluster: a broken commit is
   * unknown to the client until it looks. Sorted.
   */
  readonly unacknowledgedPresent: readonly number[];
}

/**
 * Compares what clients were promised with what is stored. `present` must be read from the node that leads according
 * to the coordination service: a thawed former leader still answers as one for a moment, with old data.
 */
export function lossOf(attempts: readonly WriteAttempt[], present: Iterable<number>): Loss {
  const stored = new Set(present);
  const acknowledged = new Set<number>();
  for (const attempt of attempts) if (attempt.acknowledged) acknowledged.add(attempt.sequence);
  const tried = new Set(attempts.map((attempt) => attempt.sequence));
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((sequence) => !stored.has(sequence)).sort((a, b) => a - b),
    unacknowledgedPresent: [...tried]
      .filter((sequence) => !acknowledged.has(sequence) && stored.has(sequence))
      .sort((a, b) => a - b),
  };
}
