import type { Gap } from './outage';
import type { WriteAttempt } from './write-attempt';

export interface Patience {
  /** When the observation ends, milliseconds since the epoch. */
  readonly endAt: number;
  /** Within which a write is answered on this way, milliseconds. */
  readonly limitMs: number;
  /** From the start of one write to the next, at least; milliseconds. */
  readonly intervalMs: number;
}

type Write = Pick<WriteAttempt, 'acknowledged' | 'startedAt' | 'endedAt'>;

/** As many times as long as usual is too long; so long a client rests at most who spares replicas that are behind. */
const TIMES = 3;

/**
 * Those spans in which a client was not served: a write failed, or took longer than its limit. That a client rests between two
 * writes, or that its last one was under way when the probe was ended, interrupts nothing. Pure.
 * @param gaps spans between acknowledged writes
 */
export function interruptionsOf(
  gaps: readonly Gap[],
  attempts: readonly Write[],
  { endAt, limitMs, intervalMs }: Patience,
): readonly Gap[] {
  const failures = attempts.filter(({ acknowledged }) => !acknowledged).map(({ endedAt }) => endedAt);
  const served = attempts.filter(({ acknowledged, endedAt }) => acknowledged && endedAt <= endAt);
  const times = served.map(tookOf).sort((a, b) => a - b);
  const usualMs = times[Math.floor((times.length - 1) / 2)] ?? 0;
  // Where every write takes long, the machine is slow: only what takes long there says something of the cluster.
  const tooLongMs = Math.max(limitMs, TIMES * usualMs);
  const late = new Set(served.filter((write) => tookOf(write) > tooLongMs).map(({ endedAt }) => endedAt));
  const silentMs = tooLongMs + Math.max(intervalMs, TIMES * (times.at(-1) ?? 0));
  return gaps.filter(
    ({ from, to, duration }) =>
      failures.some((at) => at > from && at <= (to ?? endAt)) ||
      (to === undefined ? duration > silentMs : late.has(to)),
  );
}

/** Milliseconds. */
function tookOf({ startedAt, endedAt }: Write): number {
  return endedAt - startedAt;
}
