import { say } from '../../words/message';
import type { HandOverStep, Leading } from './effects/visits';
import type { PlanOperation } from './operations';
import type { ExistingContainer, Snapshot } from './snapshot';

/**
 * The same operations for nodes that do not fall but leave: where one is removed, made anew or stopped while others run on,
 * what it leads is handed over before anything is taken away, and it ends in order before it is removed. Pure.
 * @param leading the services whose role each node holds; empty where nobody counts on the lab
 */
export function withLeave(
  snapshot: Snapshot,
  leading: Leading,
  operations: readonly PlanOperation[],
): readonly PlanOperation[] {
  const leaving = leavingNodes(snapshot, operations);
  if (leaving.length === 0) return operations;
  const roles = [...new Set(leaving.flatMap(({ node }) => leading.get(node) ?? []))];
  const relieved = roles.length > 0 ? relievings(leaving, leading, roles) : [];
  const first = relieved.map(({ id }) => id);
  return [
    ...relieved,
    ...operations.map((one) =>
      takesAway(one)
        ? { ...one, needs: [...one.needs, ...first], action: inOrder(one.action, leaving) }
        : one,
    ),
  ];
}

/** Nodes at work that go, while at least one goes on. */
function leavingNodes(
  snapshot: Snapshot,
  operations: readonly PlanOperation[],
): readonly ExistingContainer[] {
  const network = new Set(snapshot.networks.map(({ id }) => id));
  const atWork = snapshot.containers.filter(
    ({ role, state, networks }) =>
      role === 'node' && state === 'running' && Object.values(networks).some((id) => network.has(id)),
  );
  const leaving = atWork.filter(({ id }) =>
    operations.some((one) => takesAway(one) && 'id' in one.action && one.action.id === id),
  );
  return leaving.length < atWork.length ? leaving : [];
}

/** One node after the other; who is relieved first may be given a role by the second one, which then gets rid of it. */
function relievings(
  leaving: readonly ExistingContainer[],
  leading: Leading,
  roles: readonly string[],
): readonly PlanOperation[] {
  const led = leaving.filter(({ node }) => leading.has(node));
  const rest = leaving.filter(({ node }) => !leading.has(node));
  return [...led, ...rest].map(({ name, node }, index, all) => {
    const before = all[index - 1];
    const own = leading.get(node);
    return {
      id: `relieve-node ${name}`,
      step: 'containers',
      target: name,
      cause: own
        ? say('it leads ({0}) and goes', own.join(', '))
        : say('it goes, and must not be given what others lead'),
      needs: before ? [`relieve-node ${before.name}`] : [],
      action: {
        kind: 'relieve-node',
        container: name,
        node,
        steps: roles.map((target): HandOverStep => ({
          verb: 'hand-over',
          target,
          notTo: all.slice(0, index).map((one) => one.node),
        })),
      },
    };
  });
}

/** A node that is just killed is missed for seconds, one that ends says so: the virtual address moves at once. */
function inOrder(action: PlanOperation['action'], leaving: readonly ExistingContainer[]): typeof action {
  if (action.kind !== 'remove-container' || !leaving.some(({ id }) => id === action.id)) return action;
  return { ...action, endsFirst: true };
}

function takesAway({ action }: PlanOperation): boolean {
  return action.kind === 'remove-container' || action.kind === 'stop-container';
}
