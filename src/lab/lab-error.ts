import type { Finding } from '../finding/finding';

export type LabErrorCode =
  | 'no-docker'
  | 'no-permission'
  | 'docker-too-old'
  | 'no-disk'
  | 'port-taken'
  | 'subnet-clash'
  | 'no-base-image'
  | 'image-build-failed'
  | 'bad-workspace'
  | 'busy'
  | 'cancelled'
  | 'not-healthy'
  | 'no-lab'
  | 'no-node'
  | 'not-whole'
  | 'docker-failed'
  | 'no-program'
  | 'runs-code'
  | 'no-state'
  | 'would-lose-data'
  | 'not-confirmed';

export interface LabErrorDetails {
  /** Why the workspace is refused. */
  readonly findings?: readonly Finding[];
  /** What a cluster that is not whole misses, one phrase each. */
  readonly missing?: readonly string[];
  /** What a further fault could cost such a cluster, one sentence each. */
  readonly atStake?: readonly string[];
  /** How far a change got that stopped half-way: sentences that name who has it and who has not. */
  readonly reached?: string;
  /** What became of a new lab that did not become whole. */
  readonly newLab?: 'removed' | 'left';
  readonly cause?: unknown;
}

/** What failed, why, and what to do; the code is what programs test. */
export class LabError extends Error {
  override readonly name = 'LabError';
  constructor(
    readonly code: LabErrorCode,
    message: string,
    readonly remedy: string,
    readonly details: LabErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
  }
}
