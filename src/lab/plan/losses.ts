import { say } from '../../words/message';
import { keepsData } from './changes';
import type { PlannedChange } from './changes';
import type { DataLoss } from './operations';
import type { Plan } from './plan';
import { hasRun, isWorthKeeping } from './snapshot';
import type { ExistingContainer, Snapshot } from './snapshot';

export const NOT_PLANNED = say('it is no longer part of the lab');

/**
 * The data that making the plan true destroys. What a lab holds that never was complete is nobody's data: a deployment
 * was killed, and this one takes up its work. Pure.
 * @param gone containers that the plan does not know
 */
export function lossesOf(
  plan: Plan,
  snapshot: Snapshot,
  changes: readonly PlannedChange[],
  gone: readonly ExistingContainer[],
): readonly DataLoss[] {
  const nodes = changes.filter(({ container }) => container.role === 'node');
  if (!isWorthKeeping(snapshot, nodes.length)) return [];
  return [
    ...clusterLosses(snapshot, nodes, gone),
    ...serviceLosses(snapshot, changes, gone),
    ...superfluousVolumes(plan, snapshot).map((target) => ({
      target,
      cause: NOT_PLANNED,
      part: true as const,
    })),
  ];
}

/** Volumes with the lab's label that the plan does not know. */
export function superfluousVolumes(plan: Plan, snapshot: Snapshot): readonly string[] {
  const names = new Set(plan.volumes.map(({ name }) => name));
  return snapshot.volumes.filter((name) => !names.has(name));
}

/** A node that is made anew copies its data from the others, so data is lost when none keeps its own. */
function clusterLosses(
  snapshot: Snapshot,
  nodes: readonly PlannedChange[],
  gone: readonly ExistingContainer[],
): readonly DataLoss[] {
  if (nodes.some(({ change }) => keepsData(change))) return [];
  const causes = new Map([
    ...gone.map(({ name }) => [name, NOT_PLANNED] as const),
    ...nodes.map(({ container, change }) => [container.name, change.cause] as const),
  ]);
  return snapshot.containers
    .filter((existing) => existing.role === 'node' && hasRun(existing))
    .map(({ name }) => ({ target: name, cause: causes.get(name) ?? say('it goes') }));
}

/** What stands beside the nodes copies from nobody: what it holds outside of a volume goes with its container. */
function serviceLosses(
  snapshot: Snapshot,
  changes: readonly PlannedChange[],
  gone: readonly ExistingContainer[],
): readonly DataLoss[] {
  const holdsData = (existing: ExistingContainer): boolean => existing.role === 'service' && hasRun(existing);
  const removed = gone.filter(holdsData).map(({ name }) => ({ target: name, cause: NOT_PLANNED }));
  const anew = changes.flatMap(({ container, change }) => {
    if (change.kind !== 'recreate' || !change.existing.some(holdsData)) return [];
    // A volume that is to be made holds nothing of what the container held.
    const outlives =
      container.mounts.length > 0 &&
      container.mounts.every(({ volume }) => snapshot.volumes.includes(volume));
    return outlives ? [] : [{ target: container.name, cause: change.cause }];
  });
  return [...removed, ...anew].map((loss) => ({ ...loss, part: true as const }));
}
