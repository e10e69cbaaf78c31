/**
 * `npm run journeys`: breaks a lab of the whole stack, one fault after the other, while a client makes every journey at
 * once: rows, commits over HTTP and SSH, jobs, objects. Then looks for all that was acknowledged, and prints what each fault
 * cost on each journey. Exit code 1 when something acknowledged is lost or a bound is missed. With `--results` it can be
 * taken up where it ended.
 */
import { appendFile, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { benchLabs, whileObserved, wholeStack, withLab } from '../labs';
import { scheduleOf } from '../soak/schedule';
import { JOURNEY_FAULTS } from './faults';
import { brokenJourneys, journeysTable } from './report';
import type { JourneyRun } from './run';
import { travel } from './travel';

interface Options {
  readonly only?: string;
  readonly seed: string;
  readonly minutes: string;
  readonly name: string;
  readonly results: readonly string[];
  readonly report?: true;
}

function readOptions(): Options {
  const collect = (path: string, paths: readonly string[]): readonly string[] => [...paths, path];
  return new Command('journeys')
    .option('--only <ids>', `comma separated: ${JOURNEY_FAULTS.map(({ id }) => id).join(', ')}`)
    .option('--seed <n>', 'decides the order', '42')
    .option('--minutes <n>', 'begins no fault that would not end within it', '30')
    .option('--name <lab>', 'name of the lab that is made for it', 'journeys')
    .option('--results <file>', 'adds results to it, leaves out what it has; several to report', collect, [])
    .option('--report', 'only prints the table of these files')
    .parse()
    .opts<Options>();
}

async function readResults(paths: readonly string[]): Promise<readonly JourneyRun[]> {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as JourneyRun).sort((one, other) => one.number - other.number);
}

async function main(): Promise<void> {
  const options = readOptions();
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  const until = Date.now() + Number(options.minutes) * 60_000;
  const before = await readResults(options.results);
  const ids = options.only?.split(',');
  const turns = scheduleOf(JOURNEY_FAULTS, Number(options.seed)).filter(
    ({ number, fault }) =>
      !options.report && (ids?.includes(fault.id) ?? true) && !before.some((run) => run.number === number),
  );
  const labs = benchLabs(root);
  const now =
    turns.length === 0
      ? []
      : await withLab(labs, await wholeStack(root, options.name), options.name, (lab) =>
          whileObserved(labs, lab, (observer) =>
            travel({ lab, labs, observer }, turns, until, console.error),
          ),
        );
  const [results] = options.results;
  if (results !== undefined) for (const run of now) await appendFile(results, `${JSON.stringify(run)}\n`);
  const runs = [...before, ...now];
  console.log(journeysTable(runs));
  const broken = brokenJourneys(runs);
  for (const sentence of broken) console.log(`BROKEN ${sentence}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

await main();
