/**
 * `npm run bench [-- --only ids --runs n --quick]`: measures the lab on this machine, prints the figures with bound
 * and verdict and writes them to .cache/bench/. Exit code 1 when a bound is missed or a measurement fails.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchLabs } from './labs';
import type { Figure } from './figure';
import { verdictOf } from './figure';
import type { MachineFacts } from './machine';
import { machineFacts } from './machine';
import type { BenchContext, Measurement } from './measurement';
import { MEASUREMENTS } from './measurements';
import type { BenchOptions } from './options';
import { benchOptions } from './options';
import { report } from './report';

interface Taken {
  readonly id: string;
  readonly seconds: number;
  /** One-minute load average when it began: figures of a busy machine are upper bounds. */
  readonly loadBefore: number;
  readonly figures: readonly Figure[];
  readonly error?: string;
}

async function take(measurement: Measurement, context: BenchContext): Promise<Taken> {
  const started = Date.now();
  const loadBefore = Number((loadavg()[0] ?? 0).toFixed(2));
  context.log(`${measurement.title} (load ${loadBefore})`);
  const rest = (): Omit<Taken, 'figures'> => ({
    id: measurement.id,
    seconds: Math.round((Date.now() - started) / 1000),
    loadBefore,
  });
  try {
    return { figures: await measurement.measure(context), ...rest() };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.log(`${measurement.id} failed: ${text}`);
    return { figures: [], error: text, ...rest() };
  }
}

function save(root: string, options: BenchOptions, machine: MachineFacts, taken: readonly Taken[]): string {
  const directory = join(root, '.cache', 'bench');
  mkdirSync(directory, { recursive: true });
  const at = new Date().toISOString();
  const file = join(directory, `${at.replaceAll(':', '-').slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify({ at, machine, options, measurements: taken }, null, 2)}\n`);
  return file;
}

async function main(): Promise<void> {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
  const options = benchOptions(
    process.argv,
    MEASUREMENTS.map((measurement) => measurement.id),
  );
  const machine = machineFacts();
  console.log(
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryMb} MiB, ${machine.os}, kernel ${machine.kernel}, ` +
      `Node ${machine.node}, load ${machine.load.join(' ')}`,
  );
  const context: BenchContext = {
    runs: options.runs,
    quick: options.quick,
    root,
    labs: benchLabs(root),
    log: (line) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`),
  };
  const taken: Taken[] = [];
  for (const measurement of MEASUREMENTS) {
    if (options.only.includes(measurement.id)) taken.push(await take(measurement, context));
  }
  const figures = taken.flatMap((one) => one.figures);
  console.log(`\n${report(figures)}`);
  console.log(`Load when each began: ${taken.map((one) => `${one.id} ${one.loadBefore}`).join(', ')}`);
  console.log(`Written to ${save(root, options, machine, taken)}`);
  const failed = taken.some((one) => one.error) || figures.some((figure) => verdictOf(figure) === 'missed');
  process.exitCode = failed ? 1 : 0;
}

await main();
