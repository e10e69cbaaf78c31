import type { Plan, PlannedContainer } from '../plan/plan';
import type { ExistingContainer, Inventory } from './snapshot/inventory';
import { LABEL } from './labels';

/** What has to be done to a container so that it is as planned. */
export type Change =
  | { readonly kind: 'create' }
  | { readonly kind: 'recreate'; readonly existing: readonly ExistingContainer[] }
  /** Made but never filled, by a deployment that was killed. */
  | { readonly kind: 'fill'; readonly existing: ExistingContainer }
  /** Other files: stopped, filled, started again; its data stays. */
  | { readonly kind: 'update'; readonly existing: ExistingContainer }
  /** Right, but stopped, paused or cut from the network. */
  | { readonly kind: 'revive'; readonly existing: ExistingContainer }
  | { readonly kind: 'keep'; readonly existing: ExistingContainer };

export interface PlannedChange {
  readonly container: PlannedContainer;
  readonly change: Change;
}

/**
 * What to do to each planned container. When fewer nodes than a majority would keep their data, all nodes are
 * made anew: a minority with an old Raft and database state must not meet empty newcomers.
 */
export function decideChanges(plan: Plan, inventory: Inventory): readonly PlannedChange[] {
  const changes = plan.containers.map((container) => ({
    container,
    change: decide(plan, container, inventory.containers),
  }));
  const nodes = changes.filter(({ container }) => container.role === 'node');
  const withData = nodes.filter(({ change }) => keepsData(change)).length;
  const fresh = nodes.length - withData;
  if (fresh === 0 || withData === 0 || withData > nodes.length / 2) return changes;
  return changes.map(({ container, change }) => ({
    container,
    change: container.role === 'node' && keepsData(change) ? anew(container, inventory.containers) : change,
  }));
}

/** Containers with the lab's label that the plan does not know, e.g. of a node that was taken out. */
export function superfluous(plan: Plan, inventory: Inventory): readonly ExistingContainer[] {
  const names = new Set(plan.containers.map((container) => container.name));
  return inventory.containers.filter((container) => !names.has(container.name));
}

/**
 * True when the lab was complete and had run: then a deployment that fails leaves it alone, else it takes away
 * all of it.
 */
export function hasWorked(inventory: Inventory): boolean {
  const nodes = inventory.containers.filter((container) => container.role === 'node');
  return nodes.length > 0 && inventory.containers.every((one) => one.applied && one.state !== 'created');
}

function decide(plan: Plan, planned: PlannedContainer, all: readonly ExistingContainer[]): Change {
  const existing = all.find((candidate) => candidate.name === planned.name);
  if (!existing) return { kind: 'create' };
  if (existing.shapeHash !== planned.labels[LABEL.hash] || ['dead', 'removing'].includes(existing.state)) {
    return anew(planned, all);
  }
  const { applied, state } = existing;
  if (!applied) return state === 'created' ? { kind: 'fill', existing } : anew(planned, all);
  if (applied.hash !== planned.filesHash) {
    // A file that is no longer planned cannot be taken out of a stopped container.
    const paths = new Set(planned.files.map((file) => file.path));
    return applied.paths.every((path) => paths.has(path)) ? { kind: 'update', existing } : anew(planned, all);
  }
  const attached = existing.networks.includes(plan.network.name);
  return state === 'running' && attached ? { kind: 'keep', existing } : { kind: 'revive', existing };
}

function anew(planned: PlannedContainer, all: readonly ExistingContainer[]): Change {
  const existing = all.filter((candidate) => candidate.name === planned.name);
  return existing.length === 0 ? { kind: 'create' } : { kind: 'recreate', existing };
}

function keepsData(change: Change): boolean {
  if (change.kind === 'create' || change.kind === 'recreate' || change.kind === 'fill') return false;
  return change.existing.state !== 'created';
}
