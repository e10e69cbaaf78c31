import type { NodeEffects, ProgramEffect } from './node-effects';

/** One thing done in a node. */
export interface VisitStep {
  /** Hand-over: the role of a service leaves the node, where it is there. */
  readonly verb: 'reload' | 'restart' | 'hand-over';
  /** The program; of a hand-over the service. */
  readonly target: string;
}

/** What is done in one node before the next one's turn comes. */
export interface Visit {
  readonly container: string;
  readonly node: string;
  /** False when the node has its files from an earlier visit. */
  readonly fills: boolean;
  readonly steps: readonly VisitStep[];
  /** What it does and why, in words. */
  readonly cause: string;
}

/**
 * In what order nodes take a change over: those without a role first, those that lead last, after they handed over. What
 * must be lowered on the leader before its followers is done in further visits, in place. Pure.
 * @param effects of the nodes that change; none of them needs all nodes together
 * @param leading nodes that hold a role at this moment
 */
export function visitsOf(effects: readonly NodeEffects[], leading: ReadonlySet<string>): readonly Visit[] {
  const ordered = [
    ...effects.filter(({ node }) => !leading.has(node)),
    ...effects.filter(({ node }) => leading.has(node)),
  ];
  const leaderFirst = [...ordered].reverse();
  return [
    ...ordered.map((effect) => firstVisit(effect)),
    ...leaderFirst.flatMap((effect) => loweringVisit(effect)),
  ];
}

function firstVisit({ container, node, programs }: NodeEffects): Visit {
  const reloads = programs.filter(({ need }) => need === 'reload');
  const restarts = programs.filter(({ need, leaderFirst }) => need === 'restart' && !leaderFirst);
  const handsOver = [...new Set(restarts.flatMap((program) => program.handsOver))];
  return {
    container,
    node,
    fills: true,
    steps: [
      ...reloads.map(({ program }): VisitStep => ({ verb: 'reload', target: program })),
      ...handsOver.map((target): VisitStep => ({ verb: 'hand-over', target })),
      ...restarts.map(({ program }): VisitStep => ({ verb: 'restart', target: program })),
    ],
    cause: causeOf([...reloads, ...restarts]),
  };
}

function loweringVisit({ container, node, programs }: NodeEffects): readonly Visit[] {
  const restarts = programs.filter(({ need, leaderFirst }) => need === 'restart' && leaderFirst);
  if (restarts.length === 0) return [];
  const steps = restarts.map(({ program }): VisitStep => ({ verb: 'restart', target: program }));
  return [{ container, node, fills: false, steps, cause: causeOf(restarts) }];
}

/** "Patroni: reload; PostgreSQL: restart, because max_connections changes from 400 to 300". */
function causeOf(programs: readonly ProgramEffect[]): string {
  if (programs.length === 0) return 'its files changed, and no running program reads them';
  return programs
    .map(({ title, need, because }) => `${title}: ${need}, because ${because.join(', ')}`)
    .join('; ');
}
