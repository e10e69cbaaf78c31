import { listed, say } from '../../words/message';
import { LabError } from '../lab-error';
import type { DeployControl, Foreseen } from '../lab-service';
import { losesCluster } from '../plan/operations';
import type { DataLoss } from '../plan/operations';
import { cancelled } from './docker-errors';

/** What an attempt came to: done, or it would destroy what nobody has agreed to and has changed nothing. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly result: T }
  | { readonly kind: 'asks'; readonly losses: readonly DataLoss[]; readonly change?: Foreseen | undefined };

/** Whether all of these losses, and this change of a lab that runs, have been agreed to. */
export type Agreed = (losses: readonly DataLoss[], change?: Foreseen) => boolean;

export interface ConsentParts {
  readonly lab: string;
  /** Ends the wait for an answer at once. */
  readonly signal: AbortSignal;
  readonly confirmLoss: DeployControl['confirmLoss'];
  /** Without it a change needs nobody's agreement. */
  readonly confirmChange?: DeployControl['confirmChange'] | undefined;
}

/**
 * Tries, and asks between two attempts: an answer may take hours, so nothing is locked meanwhile, and what was seen
 * before is looked at anew. Only losses that were agreed to, for the causes that were told, and a change that is still the
 * one that was shown need no further question. Who agrees to a loss agrees to the change that brings it.
 * @param attempt takes its locks, looks, and goes on only if what it would destroy and change is agreed to
 * @throws LabError `would-lose-data`, `not-confirmed` when the user does not agree; `cancelled`; what the attempt throws
 */
export async function withConsent<T>(
  parts: ConsentParts,
  attempt: (agreed: Agreed) => Promise<Attempt<T>>,
): Promise<T> {
  const known = new Set<string>();
  for (;;) {
    const areKnown = (losses: readonly DataLoss[]): boolean => losses.every((loss) => known.has(keyOf(loss)));
    const isKnown = (change: Foreseen | undefined): boolean =>
      change === undefined || parts.confirmChange === undefined || known.has(keyOfChange(change));
    const outcome = await attempt((losses, change) => areKnown(losses) && isKnown(change));
    if (outcome.kind === 'done') return outcome.result;
    const { losses, change } = outcome;
    if (!areKnown(losses)) await ask(parts, losses);
    else if (change) await askChange(parts, change);
    for (const loss of losses) known.add(keyOf(loss));
    if (change) known.add(keyOfChange(change));
  }
}

async function ask({ lab, signal, confirmLoss }: ConsentParts, losses: readonly DataLoss[]): Promise<void> {
  if (await orCancelled(signal, async () => confirmLoss?.(losses))) return;
  const what = losesCluster(losses)
    ? say('All data of lab "{0}" would be lost, because no node can keep its own.', lab)
    : say('Data of lab "{0}" would be lost.', lab);
  const reasons = losses.map(({ target, cause }) => listed([target, cause], ': '));
  throw new LabError(
    'would-lose-data',
    say('{0} {1}.', what, listed(reasons, '; ')),
    say(
      'Nothing was changed. To go on without the data: "gitlab-ha up --recreate", or "gitlab-ha down {0}" first.',
      lab,
    ),
  );
}

async function askChange({ lab, signal, confirmChange }: ConsentParts, change: Foreseen): Promise<void> {
  if (await orCancelled(signal, async () => confirmChange?.(change))) return;
  throw new LabError(
    'not-confirmed',
    say('The change of lab "{0}" was not confirmed.', lab),
    say('Nothing was changed. Deploy again to be asked again.'),
  );
}

/** What the work comes to, unless the signal is faster: a question that stays open then is nobody's any more. */
async function orCancelled<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw cancelled(signal.reason);
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(cancelled(signal.reason));
  });
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** All that people are shown of it, and in which order it is done. */
function keyOfChange({ operations, effects }: Foreseen): string {
  const done = operations.map(({ id, cause, needs, action }) => [
    id,
    cause,
    needs,
    'steps' in action ? action.steps : [],
  ]);
  return JSON.stringify({ done, effects });
}

function keyOf({ target, cause }: DataLoss): string {
  return JSON.stringify([target, cause]);
}
