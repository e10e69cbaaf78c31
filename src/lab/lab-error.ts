import type { Message } from '../words/message';
import type { Finding } from '../finding/finding';

export type LabErrorCode =
  | 'no-docker'
  | 'no-permission'
  | 'docker-too-old'
  | 'no-disk'
  | 'port-taken'
  | 'subnet-clash'
  | 'other-dcs'
  | 'no-base-image'
  | 'image-build-failed'
  | 'bad-workspace'
  | 'busy'
  | 'cancelled'
  | 'not-healthy'
  | 'no-lab'
  | 'no-node'
  | 'no-application'
  | 'no-entrance'
  | 'no-way'
  | 'no-answer'
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
  readonly missing?: readonly Message[];
  /** What a further fault could cost such a cluster, one sentence each. */
  readonly atStake?: readonly Message[];
  /** How far a change got that stopped half-way: sentences that name who has it and who has not. */
  readonly reached?: Message;
  /** A service that ended whenever it was started. */
  readonly restarting?: { readonly node: string; readonly service: string };
  /** What became of a new lab that did not become whole. */
  readonly newLab?: 'removed' | 'left';
  /** Where it stays what was seen of a new lab that was removed. */
  readonly recordings?: { readonly lab: string; readonly folder: string };
  readonly cause?: unknown;
}

/** What an error says, for people: in their language where it is one of ours. */
export function saidBy(error: unknown): Message | string {
  if (error instanceof LabError) return error.said;
  return error instanceof Error ? error.message : String(error);
}

/** What failed, why, and what to do, for people in their language; the code is what programs test. */
export class LabError extends Error {
  override readonly name = 'LabError';
  constructor(
    readonly code: LabErrorCode,
    /** What failed, and why. */
    readonly said: Message,
    /** What to do. */
    readonly advice: Message,
    readonly details: LabErrorDetails = {},
  ) {
    super(said.toString(), details.cause === undefined ? undefined : { cause: details.cause });
  }

  /** What to do, in English, as the message is. */
  get remedy(): string {
    return this.advice.toString();
  }
}
