import { appendFile, readFile } from 'node:fs/promises';
import { SOAK_FAULTS } from './faults';
import type { SoakFault } from './faults';
import type { SoakRun } from './report';
import type { Turn } from './schedule';

/** A run as a line of the file of results: the fault by its id, and its place in which order. */
interface Line {
  readonly seed: number;
  readonly number: number;
  readonly fault: string;
  readonly run: Omit<SoakRun, 'fault'>;
}

/** What a soak has found so far, in a file it can be taken up from. */
export interface Results {
  /** In the order of their numbers. */
  readonly runs: readonly SoakRun[];
  has(turn: Turn<SoakFault>): boolean;
}

/**
 * Reads files of results, a JSON object a line.
 * @param seed runs of another order are left out
 * @throws Error for a fault that there is no more
 */
export async function readResults(paths: readonly string[], seed: number): Promise<Results> {
  const texts = await Promise.all(paths.map(textOrNothing));
  const lines = texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.seed === seed)
    .sort((one, other) => one.number - other.number);
  return {
    runs: lines.map(({ fault: id, run }) => {
      const fault = SOAK_FAULTS.find((one) => one.id === id);
      if (!fault) throw new Error(`the results name ${id}, which is no fault of the soak`);
      return { ...run, fault };
    }),
    has: ({ number }) => lines.some((line) => line.number === number),
  };
}

/** Adds a run to a file of results. */
export async function addResult(
  path: string,
  seed: number,
  { number }: Turn<SoakFault>,
  run: SoakRun,
): Promise<void> {
  const { fault, ...rest } = run;
  const line: Line = { seed, number, fault: fault.id, run: rest };
  await appendFile(path, `${JSON.stringify(line)}\n`);
}

async function textOrNothing(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
