import { summarize } from './stats';

export type Unit = 's' | 'ms' | 'µs' | 'MB' | '%' | '×';

/** What a measurement hands back: a named figure with everything needed to judge it. */
export interface Figure {
  /** Stable, used in the JSON: `deploy.healthy`. */
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  /** One value per run; empty when it could not be measured, and `note` says why. */
  readonly values: readonly number[];
  /** Upper bound on the median; absent when nothing is promised. */
  readonly bound?: number;
  /** Per run: phase to value, in the figure's unit. */
  readonly phases?: readonly Readonly<Record<string, number>>[];
  /** What limits it, or what else one must know to read it. */
  readonly note?: string;
}

export type Verdict = 'met' | 'missed' | 'no bound' | 'not measured';

/** Whether the figure's median keeps its bound. */
export function verdictOf(figure: Figure): Verdict {
  if (figure.values.length === 0) return 'not measured';
  if (figure.bound === undefined) return 'no bound';
  return summarize(figure.values).median <= figure.bound ? 'met' : 'missed';
}
