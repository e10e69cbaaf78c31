import { say } from '../../words/message';
import type { Message } from '../../words/message';
import { decideChanges, fittingNetwork, isAttached, superfluous } from './changes';
import type { PlannedChange } from './changes';
import { withLeave } from './leave';
import { lossesOf, NOT_PLANNED, superfluousVolumes } from './losses';
import type { Action, OperationStep, PlanOperation, Reconciliation } from './operations';
import type { Plan, PlannedContainer } from './plan';
import { NO_IMPACT, rollingOperations } from './rolling';
import type { Impact } from './rolling';
import { isWorthKeeping } from './snapshot';
import { strangers } from './strangers';
import type { ExistingContainer, Snapshot } from './snapshot';

/**
 * What has to be done so that a lab is as planned, and what data that would cost. Pure: the same plan and snapshot give
 * the same operations. All decisions are here; who executes them decides nothing.
 * @param impact what the plan does to running programs; without it containers with other files are stopped and started
 */
export function reconcile(plan: Plan, snapshot: Snapshot, impact: Impact = NO_IMPACT): Reconciliation {
  const changes = decideChanges(plan, snapshot);
  const rolling = rollingOperations(plan, snapshot, changes, impact);
  const visited = new Set(rolling.map(({ target }) => target));
  const atOnce = changes.filter(({ container }) => !visited.has(container.name));
  const gone = superfluous(plan, snapshot);
  const nodes = changes.filter(({ container }) => container.role === 'node');
  const kept = isWorthKeeping(snapshot, nodes.length);
  const starts = atOnce.flatMap((change) => startOperations(plan, snapshot, change));
  const operations = withLeave(snapshot, kept ? impact.leading : new Map(), [
    ...imageOperations(plan, snapshot, changes),
    ...networkOperations(plan, snapshot),
    ...volumeOperations(plan, snapshot),
    ...descriptionOperations(plan, snapshot),
    ...gone.map((existing) => removal(existing, NOT_PLANNED)),
    ...atOnce.flatMap((change) => fillOperations(plan, change, kept)),
    ...afterAll(starts, strangers(atOnce, impact.effects), rolling),
    ...rolling,
  ]);
  return { operations: linked(operations), losses: lossesOf(plan, snapshot, changes, gone) };
}

/** An operation whose needs are wishes: those that are not to be done are as good as done. */
function operation(
  step: OperationStep,
  target: string,
  action: Action,
  cause: Message,
  needs: readonly string[] = [],
): PlanOperation {
  return { id: `${action.kind} ${target}`, step, target, cause, needs, action };
}

/** @throws Error when two operations have one id: the second would never be done */
function linked(operations: readonly PlanOperation[]): readonly PlanOperation[] {
  const ids = new Set<string>();
  for (const { id } of operations) {
    if (ids.has(id)) throw new Error(`the plan has two operations "${id}"`);
    ids.add(id);
  }
  return operations.map((one) => ({ ...one, needs: one.needs.filter((id) => ids.has(id)) }));
}

/** Images that a container to be made needs, or that the engine lost: those of running containers may go. */
function imageOperations(
  plan: Plan,
  snapshot: Snapshot,
  changes: readonly PlannedChange[],
): readonly PlanOperation[] {
  const wanted = new Set(
    changes
      .filter(({ change }) => change.kind === 'create' || change.kind === 'recreate')
      .map(({ container }) => container.image),
  );
  return plan.images
    .filter(({ reference }) => wanted.has(reference) && !snapshot.images.includes(reference))
    .map(({ reference, from }) =>
      operation(
        'image',
        reference,
        { kind: from === 'recipe' ? 'build-image' : 'pull-image', reference },
        from === 'recipe' ? say('the engine has none of this recipe') : say('the engine does not have it'),
      ),
    );
}

function networkOperations(plan: Plan, snapshot: Snapshot): readonly PlanOperation[] {
  const { network } = plan;
  const fitting = fittingNetwork(plan, snapshot);
  const others = snapshot.networks.filter(({ id }) => id !== fitting?.id);
  const removals = others.map(({ id, name, subnet }) => ({
    ...operation(
      'network',
      name,
      { kind: 'remove-network', id },
      fitting
        ? say('the lab has another one')
        : subnet === undefined
          ? say('it is without a subnet, not {0}', network.subnet)
          : say('it is {0}, not {1}', subnet, network.subnet),
    ),
    // The engine takes several networks of one name.
    id: `remove-network ${name} ${id}`,
  }));
  if (fitting) return removals;
  const cause =
    snapshot.containers.length > 0
      ? say("the network the lab's containers were made for ({0}) is gone", network.subnet)
      : say('the lab has none; {0} is free', network.subnet);
  const needs = removals.map(({ id }) => id);
  return [...removals, operation('network', network.name, { kind: 'create-network', network }, cause, needs)];
}

function volumeOperations(plan: Plan, snapshot: Snapshot): readonly PlanOperation[] {
  const missing = plan.volumes.filter(({ name }) => !snapshot.volumes.includes(name));
  return [
    ...missing.map((volume) =>
      operation('containers', volume.name, { kind: 'create-volume', volume }, say('there is none')),
    ),
    ...superfluousVolumes(plan, snapshot).map((name) =>
      operation(
        'containers',
        name,
        { kind: 'remove-volume', name },
        NOT_PLANNED,
        snapshot.containers.map((container) => `remove-container ${container.name}`),
      ),
    ),
  ];
}

/** What is said anew is there before what was said goes. */
function descriptionOperations({ description }: Plan, { descriptions }: Snapshot): readonly PlanOperation[] {
  const cause = say('what is remembered of the lab changes');
  const remember = (target: string, action: Action, ...needs: readonly string[]): PlanOperation => ({
    ...operation('containers', target, action, cause, needs),
    remembers: true,
  });
  const create = remember(description.name, { kind: 'create-volume', volume: description });
  const stale = descriptions.filter((name) => name !== description.name);
  return [
    ...(descriptions.includes(description.name) ? [] : [create]),
    ...stale.map((name) => remember(name, { kind: 'remove-volume', name }, create.id)),
  ];
}

function removal({ id, name }: ExistingContainer, cause: Message): PlanOperation {
  return operation('containers', name, { kind: 'remove-container', id }, cause);
}

/** Until the container has its files and stands still. */
function fillOperations(
  plan: Plan,
  { container, change }: PlannedChange,
  kept: boolean,
): readonly PlanOperation[] {
  const { name } = container;
  const { cause } = change;
  const replaced = change.kind === 'update' ? change.existing.applied : undefined;
  const fill = (...needs: readonly string[]): PlanOperation =>
    operation('containers', name, { kind: 'fill-container', container, replaced }, cause, needs);
  switch (change.kind) {
    case 'create':
      return [creation(plan, container, cause), fill(`create-container ${name}`)];
    case 'recreate':
      return [
        ...change.existing.map((existing) => removal(existing, cause)),
        creation(plan, container, cause),
        fill(`create-container ${name}`),
      ];
    case 'fill':
      return [fill()];
    case 'update':
      return [...stopping(change.existing, cause, kept), fill(`stop-container ${name}`)];
    case 'revive':
    case 'keep':
      return [];
  }
}

function creation(plan: Plan, container: PlannedContainer, cause: Message): PlanOperation {
  const { name, image, mounts } = container;
  return operation(
    'containers',
    name,
    { kind: 'create-container', container, network: plan.network.name },
    cause,
    [
      `build-image ${image}`,
      `pull-image ${image}`,
      `create-network ${plan.network.name}`,
      `remove-container ${name}`,
      ...mounts.map(({ volume }) => `create-volume ${volume}`),
    ],
  );
}

/** A paused container can be neither stopped nor filled. */
function stopping(
  { id, name, state }: ExistingContainer,
  cause: Message,
  labIsKept: boolean,
): readonly PlanOperation[] {
  if (!['running', 'restarting', 'paused'].includes(state)) return [];
  const stop = operation('containers', name, { kind: 'stop-container', id, labIsKept }, cause, [
    `unpause-container ${name}`,
  ]);
  if (state !== 'paused') return [stop];
  return [operation('containers', name, { kind: 'unpause-container', id }, cause), stop];
}

/** Starts of which some come when the running nodes have had their turn; nobody waits for these. @param late containers */
function afterAll(
  starts: readonly PlanOperation[],
  late: ReadonlySet<string>,
  rolling: readonly PlanOperation[],
): readonly PlanOperation[] {
  const last = rolling.at(-1);
  if (!last) return starts;
  const lateIds = new Set(starts.filter(({ target }) => late.has(target)).map(({ id }) => id));
  return starts.map((start) =>
    late.has(start.target)
      ? { ...start, step: 'apply', needs: [...start.needs, last.id] }
      : { ...start, needs: start.needs.filter((id) => !lateIds.has(id)) },
  );
}

/** Until the container runs, attached. */
function startOperations(
  plan: Plan,
  snapshot: Snapshot,
  { container, change }: PlannedChange,
): readonly PlanOperation[] {
  if (change.kind === 'keep') return [];
  const { name, startsAfter } = container;
  const { cause } = change;
  const start = operation('start', name, { kind: 'start-container', container }, cause, [
    `fill-container ${name}`,
    `unpause-container ${name}`,
    `attach-container ${name}`,
    ...startsAfter.map((other) => `start-container ${other}`),
  ]);
  if (change.kind === 'create' || change.kind === 'recreate') return [start];
  const { existing } = change;
  const unpause =
    change.kind === 'revive' && existing.state === 'paused'
      ? [operation('start', name, { kind: 'unpause-container', id: existing.id }, cause)]
      : [];
  const attach = isAttached(plan, snapshot, existing)
    ? []
    : [
        operation('start', name, { kind: 'attach-container', container, network: plan.network.name }, cause, [
          `create-network ${plan.network.name}`,
          `fill-container ${name}`,
          `unpause-container ${name}`,
        ]),
      ];
  const runs = change.kind === 'revive' && ['running', 'paused'].includes(existing.state);
  return [...unpause, ...attach, ...(runs ? [] : [start])];
}
