import { setTimeout as sleep } from 'node:timers/promises';
import { outageOf } from '../../../src/drills/probe/outage';
import type { ProbeSession } from '../../../src/drills/probe/probe-session';
import { waitUntilWhole } from '../../../src/lab/health/wait-until-whole';
import type { WaitUntilWholeOptions } from '../../../src/lab/health/wait-until-whole';
import type { SoakLab } from '../soak/run-fault';
import type { JourneyFault } from './faults';
import { JOURNEYS } from './journeys';
import type { Attempt, Journey } from './journeys';
import type { Verified } from './verify';

/** A fault between two moments at which the cluster was whole, milliseconds since the epoch. */
export interface Window {
  readonly fault: JourneyFault;
  readonly number: number;
  readonly faultAt: number;
  readonly mendedAt: number;
  /** Every service was well. */
  readonly servedAt: number;
  /** Every replica was current, too. */
  readonly wholeAt: number;
  /** Pushes rested from then on. */
  readonly endAt: number;
}

/** What a fault cost on one journey. */
export interface JourneyCost {
  /**
   * Longest time until something was acknowledged, however often it was tried; of rows written by the probe, longest time
   * without an acknowledgement; of jobs, from the push to their end. Milliseconds.
   */
  readonly waitMs: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly lost: number;
}

/** What is kept of a fault. */
export interface JourneyRun {
  readonly fault: string;
  readonly number: number;
  readonly servedMs: number;
  readonly wholeMs: number;
  readonly costs: Readonly<Partial<Record<Journey, JourneyCost>>>;
  /** What was not kept of what was promised, and why it did not come to its end, a sentence each. */
  readonly broken: readonly string[];
}

const STABLE_MS = 500;
/** Every journey has been made again by then. */
const SERVES_MS = 2_000;
const WARM_UP_MS = 2_000;
const PRIMARY_MS = 20_000;
/** Whose lack, of no node, is that replicas are behind. */
const REPLICAS = 'praefect';

/**
 * Breaks a cluster that is whole, mends it, and waits until it serves everybody again. Then pushes rest until it is whole:
 * a replica that is behind cannot catch up with a client that never stops.
 * @param until when that must be done, milliseconds since the epoch
 */
export async function breakOnce(
  { lab, labs, observer }: SoakLab,
  fault: JourneyFault,
  number: number,
  pushes: { rest(): void; go(): void },
  until: number,
): Promise<Window> {
  const whole = (options: Partial<WaitUntilWholeOptions>): Promise<number> =>
    waitUntilWhole(observer, lab.cluster, { timeoutMs: until - Date.now(), stableMs: STABLE_MS, ...options });
  await whole({});
  pushes.go();
  await sleep(WARM_UP_MS);
  await primarySeen(observer);
  const { state } = observer;
  const faultAt = Date.now();
  const mend = await fault.deed({ lab, labs, state });
  let mendedAt: number;
  try {
    await sleep(fault.holdS * 1000);
  } finally {
    mendedAt = Date.now();
    await mend();
  }
  const servedAt = await whole({
    stableMs: SERVES_MS,
    tolerates: ({ service, node }) => service === REPLICAS && node === undefined,
  });
  const endAt = Date.now();
  pushes.rest();
  const wholeAt = await whole({});
  return { fault, number, faultAt, mendedAt, servedAt, wholeAt, endAt };
}

/** Faults are aimed by what is seen: a repository that is new has a primary from its first write on. */
async function primarySeen(observer: SoakLab['observer']): Promise<void> {
  const deadline = Date.now() + PRIMARY_MS;
  while (observer.state.git?.repositories?.listed?.[0]?.primary === undefined && Date.now() < deadline)
    await sleep(200);
}

/**
 * What is not there, by the number of the fault that it is laid to: the last one before it was acknowledged, of what came before
 * all of them the first. Pure.
 */
export function laidTo(
  windows: readonly Pick<Window, 'number' | 'faultAt'>[],
  broken: Verified['broken'],
): ReadonlyMap<number, Verified['broken']> {
  const ordered = [...windows].sort((one, other) => one.faultAt - other.faultAt);
  return new Map(
    ordered.map(({ number, faultAt }, index) => {
      const from = index === 0 ? -Infinity : faultAt;
      const to = ordered[index + 1]?.faultAt ?? Infinity;
      return [number, broken.filter(({ at }) => at >= from && at < to)];
    }),
  );
}

/** What clients felt in a window. Pure. @param verified with what is laid to this fault alone */
export function judge(
  window: Window,
  attempts: readonly Attempt[],
  sql: Pick<ProbeSession, 'attempts'>,
  { broken, jobs }: Verified,
): JourneyRun {
  const { fault, number, faultAt, mendedAt, servedAt, wholeAt, endAt } = window;
  const within = (at: number): boolean => at >= faultAt && at < wholeAt;
  const cost = (journey: Journey): JourneyCost => {
    const own = journey === 'sql' ? sql.attempts : attempts.filter((attempt) => attempt.journey === journey);
    const there = own.filter(({ endedAt }) => within(endedAt));
    const waits = journey === 'job' ? jobWaits(attempts, jobs) : waitsOf(own);
    const felt = waits.filter(({ from, to }) => to >= faultAt && from < endAt);
    return {
      waitMs:
        journey === 'sql'
          ? Math.round(outageOf(sql.attempts, { faultAt, endAt }).longestGapMs)
          : Math.max(0, ...felt.map(({ from, to }) => to - Math.max(from, faultAt))),
      acknowledged: journey === 'job' ? felt.length : there.filter((one) => one.acknowledged).length,
      failed: there.filter(({ acknowledged }) => !acknowledged).length,
      lost: broken.filter((one) => one.journey === journey).length,
    };
  };
  return {
    fault: fault.id,
    number,
    servedMs: Math.max(0, servedAt - mendedAt),
    wholeMs: Math.max(0, wholeAt - mendedAt),
    costs: Object.fromEntries(JOURNEYS.map((journey) => [journey, cost(journey)])),
    broken: broken.map(({ text }) => `acknowledged and lost: ${text}`),
  };
}

/** How long somebody waited for one thing, however often it was tried. Milliseconds since the epoch. */
interface Wait {
  readonly from: number;
  readonly to: number;
}

function waitsOf(attempts: readonly Omit<Attempt, 'journey'>[]): readonly Wait[] {
  const begun = new Map<number, number>();
  return attempts.flatMap(({ sequence, startedAt, endedAt, acknowledged }) => {
    const from = begun.get(sequence) ?? startedAt;
    begun.set(sequence, from);
    return acknowledged ? [{ from, to: endedAt }] : [];
  });
}

/** From a push, which is told of its job, to the end of that job. */
function jobWaits(attempts: readonly Attempt[], jobs: Verified['jobs']): readonly Wait[] {
  const ended = new Map(jobs.map(({ id, finishedAt }) => [id, finishedAt]));
  return attempts.flatMap(({ job, endedAt }) => {
    const to = job === undefined ? 0 : (ended.get(job) ?? 0);
    return to > 0 ? [{ from: endedAt, to }] : [];
  });
}
