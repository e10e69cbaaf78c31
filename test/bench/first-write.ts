import { setTimeout as sleep } from 'node:timers/promises';
import { acknowledgedInARow } from '../../src/drills/probe/acknowledged';
import { ProbeSession } from '../../src/drills/probe/probe-session';
import type { LabService } from '../../src/lab/lab-service';

const LIMIT_MS = 180_000;

/**
 * Writes through the virtual address of a lab that is being deployed, from the moment its gateway runs.
 * @returns When the first write was acknowledged, milliseconds since the epoch.
 */
export async function firstWrite(labs: LabService, lab: string, signal: AbortSignal): Promise<number> {
  const session = await startWhenPossible(labs, lab, signal);
  try {
    await acknowledgedInARow(session, 1, 0, LIMIT_MS, signal);
    const first = session.attempts.find((attempt) => attempt.acknowledged);
    if (!first) throw new Error('a write was acknowledged and is not there');
    return first.endedAt;
  } finally {
    await session.stop();
  }
}

async function startWhenPossible(labs: LabService, lab: string, signal: AbortSignal): Promise<ProbeSession> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const gateway = await labs.transport(lab, 'gateway');
      return await ProbeSession.start(gateway, { path: 'postgres', run: 'first-write', intervalMs: 200 });
    } catch (error) {
      // Not there yet, or there and not running yet.
      if (signal.aborted) throw error;
      await sleep(200);
    }
  }
}
