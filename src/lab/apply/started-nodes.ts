import type { Reconciliation } from '../plan/operations';
import type { Plan } from '../plan/plan';

/** Nodes, and what stands beside them, that a deployment starts before the running ones have their turn. */
export interface StartedNodes {
  /** There before: these must be whole, for others count on them. */
  readonly again: ReadonlySet<string>;
  /** New ones: what they lack may be that the others do not know them yet. */
  readonly added: ReadonlySet<string>;
}

export const NONE_STARTED: StartedNodes = { again: new Set(), added: new Set() };

/** Reads them out of what is to be done. Pure. */
export function startedNodes(
  { operations }: Pick<Reconciliation, 'operations'>,
  { containers }: Pick<Plan, 'containers'>,
): StartedNodes {
  const targetsOf = (of: (operation: Reconciliation['operations'][number]) => boolean): ReadonlySet<string> =>
    new Set(operations.filter(of).map(({ target }) => target));
  const started = targetsOf(({ step }) => step === 'start');
  const made = targetsOf(({ action }) => action.kind === 'create-container');
  const removed = targetsOf(({ action }) => action.kind === 'remove-container');
  const isNew = (name: string): boolean => made.has(name) && !removed.has(name);
  const found = containers.filter(({ name }) => started.has(name));
  return {
    again: new Set(found.filter(({ name }) => !isNew(name)).map(({ node }) => node)),
    added: new Set(found.filter(({ name }) => isNew(name)).map(({ node }) => node)),
  };
}
