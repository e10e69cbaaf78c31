import type { SoakFault } from './faults';

/** What one fault cost on one path. */
export interface PathCost {
  /** Longest time without an acknowledged write, milliseconds. */
  readonly longestGapMs: number;
  readonly acknowledged: number;
  readonly lost: number;
}

export interface SoakRun {
  readonly fault: SoakFault;
  readonly postgres: PathCost;
  readonly redis: PathCost;
  /** Whether the user is told, where the fault is, that Redis may lose acknowledged writes by it. */
  readonly told: boolean;
  /** Milliseconds from the heal until the cluster was whole. */
  readonly wholeMs: number;
  /** Why it could not be measured to its end, e.g. because the cluster did not become whole. */
  readonly failed?: string;
}

/** A cluster must be whole again within this, milliseconds. */
export const WHOLE_WITHIN_MS = 60_000;

/** What a soak promises and did not keep, a sentence each. */
export function brokenPromises(runs: readonly SoakRun[]): readonly string[] {
  return runs.flatMap(({ fault, postgres, redis, told, wholeMs, failed }) => [
    ...(failed === undefined ? [] : [`${fault.id}: ${failed}`]),
    ...(postgres.lost > 0 ? [`${fault.id}: ${postgres.lost} acknowledged rows lost`] : []),
    ...(redis.lost > 0 && !told
      ? [`${fault.id}: ${redis.lost} acknowledged Redis writes lost, and nothing tells that it may`]
      : []),
    ...(wholeMs > WHOLE_WITHIN_MS ? [`${fault.id}: whole after ${seconds(wholeMs)} s only`] : []),
  ]);
}

/** A Markdown table: one row per kind of fault, all its runs beside each other. */
export function soakTable(runs: readonly SoakRun[]): string {
  const kinds = [...new Set(runs.map(({ fault }) => fault.id))];
  const rows = kinds.map((id) => {
    const own = runs.filter(({ fault }) => fault.id === id);
    const each = (value: (run: SoakRun) => string): string => own.map(value).join(', ');
    const cells = [
      id,
      each(({ postgres }) => seconds(postgres.longestGapMs)),
      each(({ redis }) => seconds(redis.longestGapMs)),
      each(({ postgres }) => String(postgres.lost)),
      each(({ redis }) => String(redis.lost)),
      each(({ wholeMs, failed }) => (failed === undefined ? seconds(wholeMs) : 'never')),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const sum = (path: 'postgres' | 'redis', of: 'acknowledged' | 'lost'): number =>
    runs.reduce((total, run) => total + run[path][of], 0);
  return [
    '| Fault | PostgreSQL: longest gap, s | Redis: longest gap, s | Rows lost | Redis writes lost | Whole after, s |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `${runs.length} faults. PostgreSQL: ${sum('postgres', 'lost')} of ${sum('postgres', 'acknowledged')} acknowledged rows lost.`,
    `Redis: ${sum('redis', 'lost')} of ${sum('redis', 'acknowledged')} acknowledged writes lost.`,
  ].join('\n');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}
