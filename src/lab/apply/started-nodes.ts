import { namesChange } from '../plan/effects/node-effects';
import type { WithPaths } from '../plan/effects/node-effects';
import type { Reconciliation } from '../plan/operations';
import type { Plan } from '../plan/plan';

/** Nodes, and what stands beside them, that a deployment starts, mostly before the running ones have their turn. */
export interface StartedNodes {
  /** Members before, also those that were lost and are made anew: these must be whole, for others count on them. */
  readonly again: ReadonlySet<string>;
  /** Strangers to the others, who admit them when their own files have changed: nobody waits for these before. */
  readonly added: ReadonlySet<string>;
}

export const NONE_STARTED: StartedNodes = { again: new Set(), added: new Set() };

/**
 * Reads them out of what is to be done. A container that is made is a stranger when the names that the others know
 * change with it. Pure.
 */
export function startedNodes(
  { operations, effects }: Pick<Reconciliation, 'operations'> & { readonly effects: readonly WithPaths[] },
  { containers }: Pick<Plan, 'containers'>,
): StartedNodes {
  const renamed = namesChange(effects);
  const targetsOf = (of: (operation: Reconciliation['operations'][number]) => boolean): ReadonlySet<string> =>
    new Set(operations.filter(of).map(({ target }) => target));
  const started = targetsOf(({ step, action }) => step === 'start' || action.kind === 'start-container');
  const made = targetsOf(({ action }) => action.kind === 'create-container');
  const removed = targetsOf(({ action }) => action.kind === 'remove-container');
  const late = targetsOf(({ step, action }) => step === 'apply' && action.kind === 'start-container');
  const isNew = (name: string): boolean =>
    late.has(name) || (renamed && made.has(name) && !removed.has(name));
  const found = containers.filter(({ name }) => started.has(name));
  return {
    again: new Set(found.filter(({ name }) => !isNew(name)).map(({ node }) => node)),
    added: new Set(found.filter(({ name }) => isNew(name)).map(({ node }) => node)),
  };
}
