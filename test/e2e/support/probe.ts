import { expect } from 'vitest';
import { startCli } from './cli';
import type { Session } from './session';
import { PATIENCE } from './workbench';

/** What the shipped `gitlab-ha probe --json` tells at its end. */
interface Felt {
  readonly acknowledged: number;
  /** Milliseconds. */
  readonly longestGapMs: number;
  readonly interruptions: readonly { readonly duration: number }[];
  readonly loss: { readonly lost: readonly number[] } | null;
}

/**
 * Clients that write through the virtual address of a lab, to the database and to Redis, while something is done.
 * @returns what each felt, by its path
 */
export async function whileWriting(
  session: Session,
  lab: string,
  work: () => Promise<void>,
): Promise<Readonly<Record<'postgres' | 'redis', Felt>>> {
  const start = (path: string) =>
    startCli(session, 'probe', lab, '--path', path, '--interval', '50', '--json');
  const [postgres, redis] = [start('postgres'), start('redis')];
  const felt = async (probe: typeof redis): Promise<Felt> => JSON.parse(await probe.interrupt()) as Felt;
  try {
    for (const probe of [postgres, redis]) {
      // What it writes through, then that it is served.
      await expect
        .poll(() => probe.told().trim().split('\n').length, { timeout: PATIENCE })
        .toBeGreaterThan(1);
    }
    await work();
  } catch (error) {
    await Promise.allSettled([felt(postgres), felt(redis)]);
    throw error;
  }
  return { postgres: await felt(postgres), redis: await felt(redis) };
}
