import { setTimeout as sleep } from 'node:timers/promises';
import { acknowledgedInARow } from '../../../src/drills/probe/acknowledged';
import { leaderAddress } from '../../../src/drills/probe/leader-address';
import { outageOf } from '../../../src/drills/probe/outage';
import { ProbeSession, verifyWrites } from '../../../src/drills/probe/probe-session';
import type { ProbePath } from '../../../src/drills/probe/write-attempt';
import { waitUntilWhole } from '../../../src/lab/health/wait-until-whole';
import type { LabInfo, LabService } from '../../../src/lab/lab-service';
import type { Observer } from '../../../src/observe/observer';
import type { SoakFault } from './faults';
import type { PathCost, SoakRun } from './report';

export interface SoakLab {
  readonly lab: LabInfo;
  readonly labs: LabService;
  readonly observer: Observer;
}

const BEFORE_LIMIT_MS = 180_000;
const AFTER_LIMIT_MS = 240_000;
const STABLE_MS = 2_000;
const WARM_UP = 10;
const SERVED_LIMIT_MS = 60_000;

/** A run that did not come to its end: what was to be measured is not known. */
export function failedRun(fault: SoakFault, error: unknown): SoakRun {
  const cost: PathCost = { longestGapMs: 0, acknowledged: 0, lost: 0 };
  const failed = error instanceof Error ? error.message : String(error);
  return { fault, postgres: cost, redis: cost, told: false, wholeMs: 0, failed };
}

/**
 * Injects a fault into a whole cluster while clients write on both paths, mends it, waits until the cluster is whole
 * and counts what is missing of what was acknowledged.
 */
export async function runSoakFault({ lab, labs, observer }: SoakLab, fault: SoakFault): Promise<SoakRun> {
  await waitUntilWhole(observer, lab.cluster, { timeoutMs: BEFORE_LIMIT_MS, stableMs: STABLE_MS });
  const gateway = await labs.transport(lab.name, 'gateway');
  const begin = (path: ProbePath): Promise<ProbeSession> =>
    ProbeSession.start(gateway, { path, run: `soak-${path}-${Date.now()}` });
  const sessions = { postgres: await begin('postgres'), redis: await begin('redis') };
  const both = Object.values(sessions);
  try {
    await Promise.all(both.map((session) => acknowledgedInARow(session, WARM_UP, 0, SERVED_LIMIT_MS)));
    const faultAt = Date.now();
    const before = { lab, labs, state: observer.state };
    const told = fault.tellsOfRedis(before);
    const mend = await fault.deed(before);
    let mendedAt: number;
    try {
      await sleep(fault.holdS * 1000);
    } finally {
      mendedAt = Date.now();
      await mend();
    }
    const wholeAt = await waitUntilWhole(observer, lab.cluster, {
      timeoutMs: AFTER_LIMIT_MS,
      stableMs: STABLE_MS,
    });
    await Promise.all(both.map((session) => acknowledgedInARow(session, 1, wholeAt, SERVED_LIMIT_MS)));
    await Promise.all(both.map((session) => session.stop()));
    const cost = async (session: ProbeSession): Promise<PathCost> => {
      const endAt = session.endedAt ?? Date.now();
      const leader = leaderAddress(lab, observer.state, session.options.path);
      const { lost, acknowledged } = await verifyWrites(gateway, session, leader);
      const { longestGapMs } = outageOf(session.attempts, { faultAt, endAt });
      return { longestGapMs, acknowledged, lost: lost.length };
    };
    return {
      fault,
      told,
      postgres: await cost(sessions.postgres),
      redis: await cost(sessions.redis),
      wholeMs: Math.max(0, wholeAt - mendedAt),
    };
  } finally {
    await Promise.allSettled(both.map((session) => session.stop()));
  }
}
