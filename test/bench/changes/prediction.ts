import type { Foresight } from '../../../src/presentation/foresight/foresight';

/** What a foresight says will be different afterwards. */
export interface Prediction {
  /** Programs that will have been started anew: `node1 postgresql`. */
  readonly startedAnew: readonly string[];
  readonly leaderMoves: boolean;
}

const ANEW: ReadonlySet<string> = new Set(['restart', 'failover', 'all at once']);

/** A former leader's PostgreSQL is started anew as a follower, and so is every one whose Patroni is. */
export function predictionOf({ groups }: Foresight): Prediction {
  const leaderMoves = groups.some(({ programs }) => programs.some(({ kind }) => kind === 'failover'));
  const programs = groups.flatMap(({ nodes, programs: own }) =>
    nodes.flatMap((node) =>
      own.flatMap(({ program, kind }) => {
        if (!ANEW.has(kind)) return [];
        const also = kind === 'failover' || program === 'patroni' ? [`${node} postgresql`] : [];
        return [`${node} ${program}`, ...also];
      }),
    ),
  );
  return { startedAnew: [...new Set(programs)], leaderMoves };
}
