import { paceOf } from '../../services/client-ways';
import type { ProbePath } from './write-attempt';

/** For so long a client that is served again is served without a failure. */
const STEADY_MS = 1_000;
const LEAST = 2;

/** Acknowledgements in a row that count as recovered on this way: those of a second, and more than one. */
export function recovered(path: ProbePath): number {
  return Math.max(LEAST, Math.round(STEADY_MS / paceOf(path).intervalMs));
}
