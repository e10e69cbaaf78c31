import { PATHS } from '../render/paths';
import { isAttached, leftOver } from './changes';
import type { PlannedChange } from './changes';
import type { NodeEffects } from './effects/node-effects';
import { visitsOf } from './effects/visits';
import type { Leading, Visit, VisitStep } from './effects/visits';
import type { PlanOperation } from './operations';
import type { Plan } from './plan';
import type { Applied, Snapshot } from './snapshot';

/** What the plan's files do to running containers, and who leads there. */
export interface Impact {
  readonly effects: readonly NodeEffects[];
  readonly leading: Leading;
}

export const NO_IMPACT: Impact = { effects: [], leading: new Map() };

/**
 * The operations that carry a change of files over to running containers, one after the other, instead of stopping them.
 * None where it is not known what the change does, or where it asks for all nodes at once. Pure.
 */
export function rollingOperations(
  plan: Plan,
  snapshot: Snapshot,
  changes: readonly PlannedChange[],
  { effects, leading }: Impact,
): readonly PlanOperation[] {
  const running = changes.filter(({ change }) => isUpdateOfRunning(plan, snapshot, change));
  const byName = new Map(running.map((one) => [one.container.name, one]));
  const known = effects.filter(({ container }) => byName.has(container));
  const nodes = known.filter(({ container }) => byName.get(container)?.container.role === 'node');
  const others = known.filter((one) => !nodes.includes(one) && onlyReadLater(one));
  const together = nodes.some(({ need }) => need === 'together');
  const visits = [...(together ? [] : visitsOf(nodes, leading)), ...visitsOf(others, new Map())];
  return chained(visits.flatMap((visit) => operationOf(visit, byName)));
}

function isUpdateOfRunning(plan: Plan, snapshot: Snapshot, change: PlannedChange['change']): boolean {
  return (
    change.kind === 'update' &&
    change.existing.state === 'running' &&
    isAttached(plan, snapshot, change.existing)
  );
}

/** Beside the nodes only what is read at each use, or looked up, may change under a running program. */
function onlyReadLater({ files }: NodeEffects): boolean {
  return files.every(({ path }) => path === PATHS.probe || path === PATHS.hosts);
}

function operationOf(visit: Visit, changes: ReadonlyMap<string, PlannedChange>): readonly PlanOperation[] {
  const found = changes.get(visit.container);
  if (found?.change.kind !== 'update') return [];
  const { container } = found;
  const { steps, cause } = visit;
  const replaced: Applied = found.change.existing.applied ?? { paths: [] };
  // Before the programs are told: one without its file ends.
  const removals = leftOver(container, replaced.paths).map((target): VisitStep => ({
    verb: 'remove',
    target,
  }));
  const action = visit.fills
    ? ({ kind: 'apply-container', container, replaced, steps: [...removals, ...steps] } as const)
    : ({ kind: 'settle-container', container, steps } as const);
  return [
    {
      id: `${action.kind} ${container.name}`,
      step: 'apply',
      target: container.name,
      cause,
      needs: [],
      action,
    },
  ];
}

/** Each waits for the one before. */
function chained(operations: readonly PlanOperation[]): readonly PlanOperation[] {
  return operations.map((operation, index) => {
    const before = operations[index - 1];
    return before ? { ...operation, needs: [before.id] } : operation;
  });
}
