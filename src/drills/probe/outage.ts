import type { WriteAttempt } from './write-attempt';

/** A span without any acknowledged write, in milliseconds since the epoch. */
export interface Gap {
  readonly from: number;
  /** The acknowledgement that ended it, or undefined when there was none until the probe ended. */
  readonly to: number | undefined;
  /** Milliseconds; up to the end of the observation while `to` is undefined. */
  readonly duration: number;
}

export interface Outage {
  /** When the fault began, milliseconds since the epoch. */
  readonly faultAt: number;
  /** First acknowledged write after the interruption the fault caused; undefined when there was none. */
  readonly recoveredAt: number | undefined;
  /** Milliseconds from the fault to that write: what is meant by RTO. Undefined while not recovered. */
  readonly outageMs: number | undefined;
  /** Longest span without an acknowledged write from the fault to the end of the observation, milliseconds. */
  readonly longestGapMs: number;
  /** All spans longer than `gapThresholdMs` after the fault, in order; the first is normally the outage itself. */
  readonly interruptions: readonly Gap[];
  readonly acknowledgedBefore: number;
  readonly acknowledgedAfter: number;
  readonly failed: number;
}

export interface OutageOptions {
  readonly faultAt: number;
  /** When the observation ends, milliseconds since the epoch: a gap still open then is counted up to here. */
  readonly endAt: number;
  /** A pause shorter than this is a slow write, not an interruption. Milliseconds. */
  readonly gapThresholdMs?: number;
  /**
   * A fault needs a moment to be felt (the engine kills, a check notices): an interruption that begins within this
   * time is taken as its consequence. Milliseconds.
   */
  readonly onsetMs?: number;
}

/**
 * From which pause on an interruption may be meant on this machine, milliseconds: where clients had longer pauses than
 * `slowMs` before the fault already, from half as much again.
 */
export function thresholdOf(
  attempts: readonly Pick<WriteAttempt, 'acknowledged' | 'endedAt'>[],
  faultAt: number,
  slowMs: number,
): number {
  const before = attempts
    .filter(({ acknowledged, endedAt }) => acknowledged && endedAt < faultAt)
    .map(({ endedAt }) => endedAt)
    .sort((a, b) => a - b);
  const pauses = before.slice(1).map((at, index) => at - (before[index] ?? at));
  return Math.max(slowMs, 1.5 * Math.max(0, ...pauses));
}

const DEFAULT_GAP_THRESHOLD_MS = 500;
const DEFAULT_ONSET_MS = 2500;

/**
 * What a client felt of a fault. Attempts may come in any order and must belong to one path.
 *
 * The outage lasts from the fault to the acknowledgement that ends the first interruption that began before or within
 * `onsetMs` after it. Measuring to "the first acknowledgement after the fault" alone would be wrong: writes may still
 * be answered in the moment between giving the order and its effect. Where nothing was interrupted, the outage is
 * the longest pause within `onsetMs`.
 */
export function outageOf(
  attempts: readonly Pick<WriteAttempt, 'acknowledged' | 'endedAt'>[],
  options: OutageOptions,
): Outage {
  const { faultAt, endAt } = options;
  const threshold = options.gapThresholdMs ?? DEFAULT_GAP_THRESHOLD_MS;
  const onset = options.onsetMs ?? DEFAULT_ONSET_MS;
  const acknowledged = attempts
    .filter((attempt) => attempt.acknowledged && attempt.endedAt <= endAt)
    .map((attempt) => attempt.endedAt)
    .sort((a, b) => a - b);
  const gaps = gapsAfter(acknowledged, faultAt, endAt);
  const interruptions = gaps.filter((gap) => gap.duration > threshold);
  const caused = interruptions.find((gap) => gap.from <= faultAt + onset);
  const felt = caused ?? longest(gaps, faultAt + onset);
  return {
    faultAt,
    recoveredAt: felt?.to,
    outageMs: felt?.to === undefined ? undefined : felt.to - (caused ? faultAt : felt.from),
    longestGapMs: gaps.reduce((most, gap) => Math.max(most, gap.duration), 0),
    interruptions,
    acknowledgedBefore: acknowledged.filter((at) => at < faultAt).length,
    acknowledgedAfter: acknowledged.filter((at) => at >= faultAt).length,
    failed: attempts.filter((attempt) => !attempt.acknowledged).length,
  };
}

/** Spans between acknowledgements that end after the fault; the first one starts at the fault at the earliest. */
function gapsAfter(acknowledged: readonly number[], faultAt: number, endAt: number): readonly Gap[] {
  const after = acknowledged.filter((at) => at >= faultAt);
  const gaps: Gap[] = [];
  let from = faultAt;
  for (const to of after) {
    gaps.push({ from, to, duration: to - from });
    from = to;
  }
  if (endAt > from) gaps.push({ from, to: undefined, duration: endAt - from });
  return gaps;
}

function longest(gaps: readonly Gap[], before: number): Gap | undefined {
  return gaps
    .filter((gap) => gap.from <= before && gap.to !== undefined)
    .reduce<Gap | undefined>((most, gap) => (most && most.duration >= gap.duration ? most : gap), undefined);
}
