/**
 * `npm run soak`: breaks a lab in sixty ways, one after the other, while clients write to PostgreSQL and Redis, and
 * prints what each cost. Exit code 1 when a promise was broken: an acknowledged row lost, a Redis write lost where no text
 * says that it may be, a cluster not whole within a minute. With `--results` it can be taken up where it ended.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { benchLabs, whileObserved, withSampleLab } from '../labs';
import { SOAK_FAULTS } from './faults';
import type { SoakFault } from './faults';
import { brokenPromises, soakTable } from './report';
import type { SoakRun } from './report';
import { addResult, readResults } from './results';
import { failedRun, runSoakFault } from './run-fault';
import { scheduleOf } from './schedule';
import type { Turn } from './schedule';
import type { SoakLab } from './run-fault';

interface SoakOptions {
  readonly only?: string;
  readonly seed: string;
  readonly from: string;
  readonly to?: string;
  readonly minutes: string;
  readonly name: string;
  readonly results: readonly string[];
  readonly report?: true;
}

function readOptions(): SoakOptions {
  const collect = (path: string, paths: readonly string[]): readonly string[] => [...paths, path];
  return new Command('soak')
    .option('--only <ids>', `comma separated: ${SOAK_FAULTS.map(({ id }) => id).join(', ')}`)
    .option('--seed <n>', 'decides the order', '42')
    .option('--from <n>', 'number of the first fault in that order', '1')
    .option('--to <n>', 'number of the last one')
    .option('--minutes <n>', 'leaves out what would take longer than this', '60')
    .option('--name <lab>', 'name of the lab that is made for it', 'soak')
    .option(
      '--results <file>',
      'adds each result to it, and leaves out what it has; several to report',
      collect,
      [],
    )
    .option('--report', 'only prints the table of these files')
    .parse()
    .opts<SoakOptions>();
}

/** What a fault takes besides its own time, milliseconds: clients begin, the cluster heals, rows are counted. */
const AROUND_MS = 30_000;

/** The faults that were asked for, in the order of the seed. */
function turnsOf({ only, seed, from, to }: SoakOptions): readonly Turn<SoakFault>[] {
  const ids = only?.split(',');
  return scheduleOf(SOAK_FAULTS, Number(seed)).filter(
    ({ number, fault: { id } }) =>
      number >= Number(from) && number <= Number(to ?? Infinity) && (ids === undefined || ids.includes(id)),
  );
}

/** One fault after the other; after one that did not come to its end the lab is not to be trusted. */
async function soak(
  lab: SoakLab,
  turns: readonly Turn<SoakFault>[],
  options: SoakOptions,
  until: number,
): Promise<SoakRun[]> {
  const [results] = options.results;
  const runs: SoakRun[] = [];
  for (const turn of turns) {
    if (Date.now() + turn.fault.holdS * 1000 + AROUND_MS > until) continue;
    const run = await runSoakFault(lab, turn.fault).catch((error: unknown) => failedRun(turn.fault, error));
    if (results !== undefined) await addResult(results, Number(options.seed), turn, run);
    runs.push(run);
    console.error(`${turn.number} ${soakTable([run]).split('\n')[2]} ${run.failed ?? ''}`);
    if (run.failed !== undefined) break;
  }
  return runs;
}

async function main(): Promise<void> {
  const options = readOptions();
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  const until = Date.now() + Number(options.minutes) * 60_000;
  const before = await readResults(options.results, Number(options.seed));
  const turns = options.report ? [] : turnsOf(options).filter((turn) => !before.has(turn));
  const labs = benchLabs(root);
  const now =
    turns.length === 0
      ? []
      : await withSampleLab(labs, root, options.name, (lab) =>
          whileObserved(labs, lab, (observer) => soak({ lab, labs, observer }, turns, options, until)),
        );
  const runs = [...before.runs, ...now];
  console.log(soakTable(runs));
  const broken = brokenPromises(runs);
  for (const sentence of broken) console.log(`BROKEN ${sentence}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

await main();
