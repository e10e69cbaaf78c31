import { Command, InvalidArgumentError } from 'commander';

export interface BenchOptions {
  readonly only: readonly string[];
  readonly runs: number;
  readonly quick: boolean;
}

/**
 * Reads the command line.
 * @param argv As process.argv.
 * @param ids The measurements there are.
 */
export function benchOptions(argv: readonly string[], ids: readonly string[]): BenchOptions {
  const command = new Command('bench')
    .description('Measures the lab on this machine and judges the figures against their bounds.')
    .option('--only <ids>', `comma separated: ${ids.join(', ')}`, (text: string) => known(text, ids))
    .option('--runs <n>', 'how often each figure is measured (default 3)', positive)
    .option('--quick', 'one short run of each, to see that it works', false)
    .parse([...argv]);
  const given = command.opts<{ only?: readonly string[]; runs?: number; quick: boolean }>();
  return { only: given.only ?? ids, runs: given.runs ?? (given.quick ? 1 : 3), quick: given.quick };
}

function known(text: string, ids: readonly string[]): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  const stranger = names.find((name) => !ids.includes(name));
  if (stranger !== undefined)
    throw new InvalidArgumentError(`there is no "${stranger}"; there are ${ids.join(', ')}.`);
  return names;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number of at least 1.');
  return value;
}
