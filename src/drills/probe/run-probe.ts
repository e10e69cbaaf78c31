import type { LabInfo, LabService } from '../../lab/lab-service';
import { paceOf } from '../../services/client-ways';
import { interruptionsOf } from './interruptions';
import { outageOf } from './outage';
import type { Gap } from './outage';
import { ProbeSession } from './probe-session';
import type { ProbePath, WriteAttempt } from './write-attempt';

export interface RunProbeOptions {
  readonly path: ProbePath;
  /** Milliseconds between the starts of two attempts. */
  readonly intervalMs: number;
  /** Milliseconds; until the signal says so when absent. */
  readonly durationMs?: number;
  /** Ends the probe, which is no failure. */
  readonly signal: AbortSignal;
  /** Called for each attempt as it ends. */
  readonly onAttempt: (attempt: WriteAttempt) => void;
}

/** What a client that writes all the time felt. */
export interface ProbeReport {
  readonly path: ProbePath;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly acknowledged: number;
  readonly failed: number;
  /** Longest span without an acknowledged write, milliseconds. */
  readonly longestGapMs: number;
  /** Spans in which a write failed or took longer than its limit, and that a person would notice, in order. */
  readonly interruptions: readonly Gap[];
}

/**
 * Lets a client in the gateway write through the virtual address until the time is up or the signal says so.
 * @returns what it felt, and its session, whose writes can be looked for
 * @throws TransportError when the gateway cannot be reached
 */
export async function runProbe(
  labs: Pick<LabService, 'transport'>,
  lab: Pick<LabInfo, 'name'>,
  run: string,
  options: RunProbeOptions,
): Promise<{ readonly report: ProbeReport; readonly session: ProbeSession }> {
  const { path, intervalMs } = options;
  const gateway = await labs.transport(lab.name, 'gateway');
  const startedAt = Date.now();
  const session = await ProbeSession.start(gateway, { path, run, intervalMs });
  const listening = session.onAttempt(options.onAttempt);
  try {
    await Promise.race([ended(options.signal, options.durationMs), session.over]);
  } finally {
    listening.dispose();
    await session.stop();
  }
  const { attempts, endedAt = Date.now() } = session;
  return { report: reportOf(attempts, path, startedAt, endedAt, intervalMs), session };
}

/**
 * Counts and spans of a probe's attempts. Pure.
 * @param startedAt milliseconds since the epoch, as is `endedAt`
 * @param intervalMs from the start of one attempt to the next, at least
 */
export function reportOf(
  attempts: readonly WriteAttempt[],
  path: ProbePath,
  startedAt: number,
  endedAt: number,
  intervalMs = paceOf(path).intervalMs,
): ProbeReport {
  // The first write makes its connection and its table: what comes before it says nothing.
  const from = attempts.find((attempt) => attempt.acknowledged)?.endedAt ?? startedAt;
  const pauses = outageOf(attempts, { faultAt: from, endAt: endedAt });
  const { acknowledgedAfter, failed, longestGapMs } = pauses;
  const limitMs = paceOf(path).timeoutMs;
  const interruptions = interruptionsOf(pauses.interruptions, attempts, {
    endAt: endedAt,
    limitMs,
    intervalMs,
  });
  return {
    path,
    startedAt,
    endedAt,
    acknowledged: acknowledgedAfter,
    failed,
    longestGapMs,
    interruptions,
  };
}

/** Resolves when the signal is raised or the time is up. */
function ended(signal: AbortSignal, durationMs: number | undefined): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = durationMs === undefined ? undefined : setTimeout(() => end(), durationMs);
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
