import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Plan, PlannedContainer } from './plan';
import { lostLayer } from './holders';
import { hasRun } from './snapshot';
import type { ExistingContainer, Snapshot } from './snapshot';

/** What has to be done to a container so that it is as planned, and why. */
export type Change = { readonly cause: Message } & (
  | { readonly kind: 'create' }
  | { readonly kind: 'recreate'; readonly existing: readonly ExistingContainer[] }
  /** Made but never filled, by a deployment that was killed. */
  | { readonly kind: 'fill'; readonly existing: ExistingContainer }
  /** Other files: stopped, filled, started again; its data stays. */
  | { readonly kind: 'update'; readonly existing: ExistingContainer }
  /** Right, but stopped, paused or cut from the network. */
  | { readonly kind: 'revive'; readonly existing: ExistingContainer }
  | { readonly kind: 'keep'; readonly existing: ExistingContainer }
);

export interface PlannedChange {
  readonly container: PlannedContainer;
  readonly change: Change;
}

/**
 * What to do to each planned container. When fewer nodes than a majority would keep their data, or too few of those that
 * have a layer's, all nodes are made anew: old Raft and database state must not meet empty newcomers.
 */
export function decideChanges(plan: Plan, snapshot: Snapshot): readonly PlannedChange[] {
  const changes = plan.containers.map((container) => ({
    container,
    change: decide(plan, container, snapshot),
  }));
  const nodes = changes.filter(({ container }) => container.role === 'node');
  const withData = nodes.filter(({ change }) => keepsData(change)).length;
  const fresh = nodes.length - withData;
  if (withData === 0) return changes;
  const cause =
    fresh === 0 || withData > nodes.length / 2
      ? whyLayerLost(plan, snapshot, changes)
      : say(
          'only {0} of {1} nodes would keep data, and fewer than a majority must not meet empty ones',
          withData,
          nodes.length,
        );
  if (cause === undefined) return changes;
  return changes.map(({ container, change }) => ({
    container,
    change:
      container.role === 'node' && keepsData(change) ? anew(container, snapshot.containers, cause) : change,
  }));
}

/** The layer whose data too few of those that have it would go on with, as a reason; undefined where there is none. */
function whyLayerLost(
  plan: Plan,
  snapshot: Snapshot,
  changes: readonly PlannedChange[],
): Message | undefined {
  const had = snapshot.containers.filter(hasRun).map(({ node }) => node);
  const keep = changes.filter(({ change }) => keepsData(change)).map(({ container }) => container.node);
  const lost = lostLayer(snapshot.recordedHolders ?? {}, plan.holders, had, keep);
  return lost && say('too few of the nodes that have the data of layer {0} would go on with it', lost);
}

/** Containers with the lab's label that the plan does not know, e.g. of a node that was taken out. */
export function superfluous(plan: Plan, snapshot: Snapshot): readonly ExistingContainer[] {
  const names = new Set(plan.containers.map((container) => container.name));
  return snapshot.containers.filter((container) => !names.has(container.name));
}

/** True when the container goes on with what it holds. */
export function keepsData(change: Change): boolean {
  if (change.kind === 'create' || change.kind === 'recreate' || change.kind === 'fill') return false;
  return change.existing.state !== 'created';
}

/** The lab's network when it is as planned. */
export function fittingNetwork(plan: Plan, snapshot: Snapshot): { readonly id: string } | undefined {
  const { name, subnet, gateway } = plan.network;
  return snapshot.networks.find(
    (network) => network.name === name && network.subnet === subnet && network.gateway === gateway,
  );
}

/** True when the container's cable ends in the lab's present network. */
export function isAttached(plan: Plan, snapshot: Snapshot, existing: ExistingContainer): boolean {
  const network = fittingNetwork(plan, snapshot);
  return network !== undefined && existing.networks[plan.network.name] === network.id;
}

function decide(plan: Plan, planned: PlannedContainer, snapshot: Snapshot): Change {
  const all = snapshot.containers;
  const existing = all.find((candidate) => candidate.name === planned.name);
  if (!existing) return { kind: 'create', cause: say('there is none') };
  if (existing.shapeHash !== planned.shapeHash) return anew(planned, all, whyOtherShape(planned, existing));
  const { applied, state } = existing;
  if (['dead', 'removing'].includes(state))
    return anew(planned, all, say('the engine could not remove it completely'));
  if (!applied) {
    return state === 'created'
      ? { kind: 'fill', existing, cause: say('it was made but never got its files') }
      : anew(planned, all, say('it has run without ever getting all its files'));
  }
  if (applied.hash !== planned.filesHash) return otherFiles(planned, existing, applied.paths, all);
  const why = whyNotAtWork(plan, snapshot, existing);
  return why === undefined
    ? { kind: 'keep', existing, cause: say('it is as planned') }
    : { kind: 'revive', existing, cause: why };
}

function whyOtherShape(planned: PlannedContainer, existing: ExistingContainer): Message {
  return planned.image === existing.image
    ? say('its limits, ports or addresses changed, which no container can while it lives')
    : say('it was made of {0}, and the image is {1} now', existing.image, planned.image);
}

function otherFiles(
  planned: PlannedContainer,
  existing: ExistingContainer,
  paths: readonly string[],
  all: readonly ExistingContainer[],
): Change {
  // A node takes away what is no longer planned by itself; what holds no data is made anew.
  const [left] = leftOver(planned, paths);
  return left === undefined || planned.role === 'node'
    ? { kind: 'update', existing, cause: whyOtherFiles(existing) }
    : anew(planned, all, say('{0} is no longer among its files', left));
}

/** Of what may be in a container, the files that are not planned for it. */
export function leftOver(
  { files }: Pick<PlannedContainer, 'files'>,
  paths: readonly string[],
): readonly string[] {
  const planned = new Set(files.map(({ path }) => path));
  return paths.filter((path) => !planned.has(path));
}

function whyOtherFiles({ applied }: ExistingContainer): Message {
  return applied?.hash === undefined
    ? say('a deployment was killed while it replaced its files')
    : say('its files changed');
}

function whyNotAtWork(plan: Plan, snapshot: Snapshot, existing: ExistingContainer): Message | undefined {
  if (!isAttached(plan, snapshot, existing)) return say("it is cut from the lab's network");
  return existing.state === 'running' ? undefined : say('it is {0}', existing.state);
}

function anew(planned: PlannedContainer, all: readonly ExistingContainer[], cause: Message): Change {
  const existing = all.filter((candidate) => candidate.name === planned.name);
  return existing.length === 0 ? { kind: 'create', cause } : { kind: 'recreate', existing, cause };
}
