import type { ClientWayId } from '../../services/client-ways';

/** Which way a probe's write takes; all start at the virtual address, as clients do. */
export type ProbePath = ClientWayId;

/**
 * One write a client tried. The client is told "acknowledged" or nothing it can rely on: a write that was not
 * acknowledged may still be there afterwards.
 */
export interface WriteAttempt {
  readonly path: ProbePath;
  /** Unique per path; what is stored, so it can be looked for afterwards. */
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch when the answer, or the failure, was known to the client. */
  readonly endedAt: number;
  readonly acknowledged: boolean;
  /** What the client was told when the write failed. */
  readonly error?: string;
}
