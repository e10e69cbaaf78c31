import { ProbeSession } from '../../../src/drills/probe/probe-session';
import type { SoakLab } from '../soak/run-fault';
import type { Turn } from '../soak/schedule';
import { TravellingClient } from './client';
import type { JourneyFault } from './faults';
import { prepareJourneys } from './lab';
import { breakOnce, judge, laidTo } from './run';
import type { JourneyRun, Window } from './run';
import { verifyJourneys } from './verify';
import type { Verified } from './verify';

/** What a fault takes besides its own time, and looking for what was acknowledged at the end, milliseconds. */
const AROUND_MS = 12_000;
const VERIFYING_MS = 40_000;

/**
 * One fault after the other, under one client; what it was promised is looked for at the end. After a fault that did not come
 * to its end the lab is not to be trusted, none follows, and its run is broken, as is the last one when nothing can be looked for.
 * @param until no fault begins that would not end by then, milliseconds since the epoch
 * @param log takes a line of progress
 */
export async function travel(
  lab: SoakLab,
  turns: readonly Turn<JourneyFault>[],
  until: number,
  log: (line: string) => void,
): Promise<readonly JourneyRun[]> {
  const run = `run${Date.now()}`;
  const task = await prepareJourneys(lab.labs, lab.lab, run);
  const gateway = await lab.labs.transport(lab.lab.name, 'gateway');
  const client = await TravellingClient.start(gateway, task);
  const sql = await ProbeSession.start(gateway, { path: 'postgres', run, intervalMs: 200 });
  const windows: Window[] = [];
  const unfinished: JourneyRun[] = [];
  const end = until - VERIFYING_MS;
  try {
    for (const { number, fault } of turns) {
      if (Date.now() + fault.holdS * 1000 + AROUND_MS > end) continue;
      const window = await breakOnce(lab, fault, number, client, end).catch((error: unknown) => {
        log(`${number} ${fault.id}: ${String(error)}`);
        unfinished.push(endless(fault, number, `it did not come to its end: ${String(error)}`));
      });
      if (!window) break;
      windows.push(window);
      log(`${number} ${fault.id}: ${told(window, client, sql)}`);
    }
  } finally {
    await Promise.all([client.stop(), sql.stop()]);
    if (client.complained !== '') log(client.complained);
  }
  const { attempts } = client;
  const verified = await verifyJourneys({ ...lab, task, attempts }, sql).catch((error: unknown): Verified => {
    const last = windows.at(-1);
    const why = `what was acknowledged could not be looked for: ${String(error)}`;
    log(why);
    if (last && unfinished.length === 0) unfinished.push(endless(last.fault, last.number, why));
    return { jobs: [], broken: [] };
  });
  for (const { text } of verified.broken) log(`lost: ${text}`);
  const lost = laidTo(windows, verified.broken);
  const judged = windows.map((window) =>
    judge(window, attempts, sql, { ...verified, broken: lost.get(window.number) ?? [] }),
  );
  return [...judged, ...unfinished];
}

function endless({ id }: JourneyFault, number: number, why: string): JourneyRun {
  return { fault: id, number, servedMs: 0, wholeMs: 0, costs: {}, broken: [why] };
}

/** The waits of a window before anything was looked for, and one reason for a failure of each journey. */
function told(window: Window, client: TravellingClient, sql: ProbeSession): string {
  const { costs } = judge(window, client.attempts, sql, { broken: [], jobs: [] });
  const waits = Object.entries(costs).map(
    ([journey, { waitMs, failed }]) => `${journey} ${waitMs}/${failed}`,
  );
  const reasons = new Map(
    client.attempts
      .filter(({ error, endedAt }) => error !== undefined && endedAt >= window.faultAt)
      .map(({ journey, error = '' }) => [journey, error.replaceAll(/\s+/g, ' ').slice(0, 160)]),
  );
  const lines = [...reasons].map(([journey, error]) => `\n     ${journey}: ${error}`);
  return `${waits.join(', ')}; served after ${window.servedAt - window.mendedAt} ms, whole after ${window.wholeAt - window.mendedAt} ms${lines.join('')}`;
}
