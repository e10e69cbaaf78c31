import type { Cluster } from '../../cluster/cluster';

/** A quiet machine needs 13 s (fast timings) or 35 s; a loaded one has needed 44 s. */
const LIMIT_MS: Readonly<Record<Cluster['lab']['timings'], number>> = {
  fast: 180_000,
  production: 300_000,
};

/** Milliseconds that nodes may take to be whole after they were started. */
export function healthLimitMs({ lab }: Cluster): number {
  return LIMIT_MS[lab.timings];
}
