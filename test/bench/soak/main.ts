/**
 * `npm run soak [-- --only ids --seed n --minutes n --name lab]`: breaks a lab in sixty ways, one after the other, while
 * clients write to PostgreSQL and Redis, and prints what each cost. Exit code 1 when a promise was broken: an
 * acknowledged row lost, a Redis write lost where no text says that it may be, a cluster not whole within a minute.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { benchLabs, whileObserved, withSampleLab } from '../labs';
import { scheduleOf, SOAK_FAULTS } from './faults';
import { brokenPromises, soakTable } from './report';
import type { SoakRun } from './report';
import { runSoakFault } from './run-fault';

interface SoakOptions {
  readonly only?: string;
  readonly seed: string;
  readonly minutes: string;
  readonly name: string;
}

function readOptions(): SoakOptions {
  return new Command('soak')
    .option('--only <ids>', `comma separated: ${SOAK_FAULTS.map(({ id }) => id).join(', ')}`)
    .option('--seed <n>', 'decides the order', '42')
    .option('--minutes <n>', 'begins no fault after this time', '60')
    .option('--name <lab>', 'name of the lab that is made for it', 'soak')
    .parse()
    .opts<SoakOptions>();
}

async function main(): Promise<void> {
  const { only, seed, minutes, name } = readOptions();
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  const ids = only?.split(',');
  const faults = SOAK_FAULTS.filter(({ id }) => ids === undefined || ids.includes(id));
  const until = Date.now() + Number(minutes) * 60_000;
  const labs = benchLabs(root);
  const runs: SoakRun[] = [];
  await withSampleLab(labs, root, name, (lab) =>
    whileObserved(labs, lab, async (observer) => {
      for (const fault of scheduleOf(faults, Number(seed))) {
        if (Date.now() > until) break;
        runs.push(await runSoakFault({ lab, labs, observer }, fault));
        console.error(soakTable(runs.slice(-1)).split('\n')[2]);
      }
    }),
  );
  console.log(soakTable(runs));
  const broken = brokenPromises(runs);
  for (const sentence of broken) console.log(`BROKEN ${sentence}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

await main();
