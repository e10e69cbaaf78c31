import type { LabInfo, LabService, WorkspaceFiles } from '../../../src/lab/lab-service';
import { leaderAddress } from '../../../src/drills/probe/leader-address';
import { outageOf } from '../../../src/drills/probe/outage';
import { ProbeSession, verifyWrites } from '../../../src/drills/probe/probe-session';
import { foresightOf } from '../../../src/presentation/foresight/foresight';
import type { Foresight } from '../../../src/presentation/foresight/foresight';
import { whileObserved } from '../labs';
import { leaderIn, processesOf, startedAnew } from './observation';
import { predictionOf } from './prediction';
import type { Prediction } from './prediction';

/** What a change was said to do, and what it did. */
export interface CarriedOut {
  readonly foreseen: Foresight;
  readonly predicted: Prediction;
  readonly happened: Prediction;
  /** Longest span without an acknowledged write through the virtual address, milliseconds, by way. */
  readonly longestGapMs: Readonly<Record<'postgres' | 'redis', number>>;
  readonly acknowledged: number;
  readonly lost: number;
  /** The whole deployment, milliseconds. */
  readonly durationMs: number;
}

const INTERVAL_MS = 50;
/** Writing goes on for so long after the deployment. */
const AFTER_MS = 1_500;

/** Deploys other files while a client writes, and compares what was foreseen with what happened. */
export async function carryOut(
  labs: LabService,
  lab: LabInfo,
  files: WorkspaceFiles,
  run: string,
  work: () => Promise<unknown> = () => labs.deploy(files),
): Promise<CarriedOut> {
  const nodes = lab.cluster.nodes.map(({ name }) => name);
  const foreseen = foresightOf(await labs.preview(files));
  const before = await processesOf(labs, lab.name, nodes);
  const gateway = await labs.transport(lab.name, 'gateway');
  const start = (path: 'postgres' | 'redis'): Promise<ProbeSession> =>
    ProbeSession.start(gateway, { path, run: `${run}-${path}`, intervalMs: INTERVAL_MS });
  const sessions = { postgres: await start('postgres'), redis: await start('redis') };
  await firstWrites(Object.values(sessions));
  const startedAt = Date.now();
  try {
    await work();
  } finally {
    await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
    await Promise.all(Object.values(sessions).map((session) => session.stop()));
  }
  const endedAt = Date.now();
  const after = await processesOf(labs, lab.name, nodes);
  const losses = await whileObserved(labs, lab, async ({ state }) =>
    Promise.all(
      Object.values(sessions).map((session) =>
        verifyWrites(gateway, session, leaderAddress(lab, state, session.options.path)),
      ),
    ),
  );
  const gap = (session: ProbeSession): number =>
    Math.round(outageOf(session.attempts, { faultAt: startedAt, endAt: endedAt - 500 }).longestGapMs);
  return {
    foreseen,
    predicted: predictionOf(foreseen),
    happened: {
      startedAnew: startedAnew(before, after),
      leaderMoves: leaderIn(before) !== leaderIn(after),
    },
    longestGapMs: { postgres: gap(sessions.postgres), redis: gap(sessions.redis) },
    acknowledged: losses.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    lost: losses.reduce((sum, { lost }) => sum + lost.length, 0),
    durationMs: endedAt - AFTER_MS - startedAt,
  };
}

async function firstWrites(sessions: readonly ProbeSession[]): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!sessions.every(({ attempts }) => attempts.some(({ acknowledged }) => acknowledged))) {
    if (Date.now() > deadline) throw new Error('no write was acknowledged before the change');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
