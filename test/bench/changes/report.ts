import type { EffectKind } from '../../../src/presentation/foresight/foresight';
import type { CarriedOut } from './carry-out';
import type { ChangeKind } from './kinds';

export interface Row {
  readonly kind: ChangeKind;
  readonly result: CarriedOut;
  /** The hardest effect that was foreseen. */
  readonly foreseen: EffectKind;
  /** True when all that was foreseen happened, and nothing else. */
  readonly agrees: boolean;
}

const ORDER: readonly EffectKind[] = ['nothing', 'reload', 'restart', 'failover', 'all at once'];

export function rowOf(kind: ChangeKind, result: CarriedOut): Row {
  const { predicted, happened, foreseen } = result;
  const kinds = foreseen.groups.flatMap(({ programs }) => programs.map((program) => program.kind));
  const hardest = ORDER[Math.max(0, ...kinds.map((one) => ORDER.indexOf(one)))] ?? 'nothing';
  const same = sorted(predicted.startedAnew) === sorted(happened.startedAnew);
  const agrees =
    same && predicted.leaderMoves === happened.leaderMoves && hardest === kind.effect && result.lost === 0;
  return { kind, result, foreseen: hardest, agrees };
}

function sorted(list: readonly string[]): string {
  return [...list].sort().join(', ');
}

/** One line of what came of a change. */
export function verdictOf({ kind, result, foreseen, agrees }: Row): string {
  const { predicted, happened, longestGapMs, acknowledged, lost, durationMs } = result;
  const difference = agrees
    ? ''
    : ` EXPECTED ${kind.effect}; predicted ${sorted(predicted.startedAnew)} moves ${predicted.leaderMoves}; happened ${sorted(happened.startedAnew)} moves ${happened.leaderMoves}`;
  return `${agrees ? 'agrees' : 'DIFFERS'}  ${kind.name}: ${foreseen}, gap ${longestGapMs.postgres}/${longestGapMs.redis} ms, lost ${lost} of ${acknowledged}, ${(durationMs / 1000).toFixed(1)} s${difference}`;
}

/** The table of the documentation. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ kind, result, foreseen, agrees }) => {
    const { happened, longestGapMs, lost, durationMs } = result;
    const programs = new Set(happened.startedAnew.map((one) => one.split(' ')[1]));
    const anew = programs.size === 0 ? 'nothing' : [...programs].join(', ');
    return `| ${kind.name} | ${foreseen} | ${anew} | ${happened.leaderMoves ? 'yes' : 'no'} | ${longestGapMs.postgres} | ${longestGapMs.redis} | ${lost} | ${(durationMs / 1000).toFixed(1)} | ${agrees ? 'yes' : 'no'} |`;
  });
  return [
    '| Change | Foreseen | Started anew | Leader moved | Gap PostgreSQL, ms | Gap Redis, ms | Lost | Deployment, s | Agrees |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
