import { listed, say } from '../words/message';
import type { Message } from '../words/message';
import { LabError } from '../lab/lab-error';
import { missingFromWhole } from '../lab/health/missing-from-whole';
import type { WholeContext } from '../lab/health/missing-from-whole';
import { atStake } from '../observe/at-stake';
import type { Taken } from '../observe/at-stake';
import type { ClusterState } from '../observe/state';

export interface GateContext extends WholeContext {
  readonly observer: { readonly state: ClusterState };
}

export interface GateOptions {
  /** The user knows what could be lost and wants it all the same. */
  readonly anyway?: boolean;
  readonly signal?: AbortSignal;
  /** Told before it is done, also to a whole cluster, what could be lost by it; not called when that is nothing. */
  readonly onStake?: (sentences: readonly Message[]) => void;
}

/**
 * The gate of everything that takes something away on purpose: a cluster that is not whole may lose data or quorum by a
 * further fault, and what would be measured then is not the failover.
 * @param what names what is refused, e.g. a fault's title
 * @param taken what would be missing from the cluster, as far as that is known
 * @throws LabError `not-whole`, with everything that is missing, and what could be lost, in its details; `cancelled`
 */
export async function requireWhole(
  context: GateContext,
  what: Message,
  taken: Taken | undefined,
  { anyway = false, signal, onStake }: GateOptions = {},
): Promise<void> {
  const missing = anyway ? [] : await missingFromWhole(context, signal);
  const stakes = taken && atStake(taken, context.observer.state, context.lab.cluster);
  if (missing.length === 0) {
    if (stakes !== undefined && stakes.length > 0) onStake?.(stakes);
    return;
  }
  throw new LabError(
    'not-whole',
    say('"{0}" refused, lab {1} is not whole: {2}', what, context.lab.name, listed(missing, '; ')),
    say('Wait until the cluster has healed, or start what is stopped; then try again.'),
    { missing, ...(stakes && { atStake: stakes }) },
  );
}
