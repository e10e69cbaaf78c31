import { spawnSync } from 'node:child_process';
import { pbkdf2Sync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** What one round takes on the quiet machine of two processors for which the bounds of these tests are said, milliseconds. */
const QUIET_MS = 50;
const ROUNDS = 9;
const PAUSE_MS = 30;
/** On a machine that is slower still, a bound would say nothing any more. */
const SLOWEST = 4;

/**
 * How much slower than that machine this one is at the moment, 1 to 4: what a bound in milliseconds is multiplied with
 * before a figure is judged. A cluster computes, starts programs and moves memory about when it fails over, and so does
 * what is timed here; what else uses the machine, also from outside of it, counts. The bench judges by the bounds alone.
 */
export async function pace(): Promise<number> {
  const rounds: number[] = [];
  while (rounds.length < ROUNDS) {
    rounds.push(oneRound());
    await sleep(PAUSE_MS);
  }
  return paceOf(rounds);
}

/** @param roundsMs what rounds took, milliseconds: their median counts, as one may be held up by chance */
export function paceOf(roundsMs: readonly number[]): number {
  const median = [...roundsMs].sort((one, other) => one - other)[Math.floor(roundsMs.length / 2)] ?? 0;
  return Math.min(SLOWEST, Math.max(1, median / QUIET_MS));
}

function oneRound(): number {
  const since = performance.now();
  pbkdf2Sync('word', 'salt', 20_000, 64, 'sha512');
  for (let count = 0; count < 5; count += 1) spawnSync('/bin/true');
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ index, text: `row ${index}` }));
  JSON.parse(JSON.stringify(rows));
  return performance.now() - since;
}
