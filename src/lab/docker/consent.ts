import { LabError } from '../lab-error';
import type { DeployControl } from '../lab-service';
import { losesCluster } from '../plan/operations';
import type { DataLoss } from '../plan/operations';
import { cancelled } from './docker-errors';

/** What an attempt came to: done, or it would destroy what nobody has agreed to and has changed nothing. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly result: T }
  | { readonly kind: 'asks'; readonly losses: readonly DataLoss[] };

/** Whether all of these losses have been agreed to. */
export type Agreed = (losses: readonly DataLoss[]) => boolean;

export interface ConsentParts {
  readonly lab: string;
  /** Ends the wait for an answer at once. */
  readonly signal: AbortSignal;
  readonly confirmLoss: DeployControl['confirmLoss'];
}

/**
 * Tries, and asks between two attempts: an answer may take hours, so nothing is locked meanwhile, and what was seen
 * before is looked at anew. Only losses that were agreed to, for the causes that were told, need no further question.
 * @param attempt takes its locks, looks, and goes on only if what it would destroy is agreed to
 * @throws LabError `would-lose-data` when the user does not agree; `cancelled`; what the attempt throws
 */
export async function withConsent<T>(
  parts: ConsentParts,
  attempt: (agreed: Agreed) => Promise<Attempt<T>>,
): Promise<T> {
  const known = new Set<string>();
  for (;;) {
    const outcome = await attempt((losses) => losses.every((loss) => known.has(keyOf(loss))));
    if (outcome.kind === 'done') return outcome.result;
    await ask(parts, outcome.losses);
    for (const loss of outcome.losses) known.add(keyOf(loss));
  }
}

async function ask({ lab, signal, confirmLoss }: ConsentParts, losses: readonly DataLoss[]): Promise<void> {
  if (await orCancelled(signal, async () => confirmLoss?.(losses))) return;
  const what = losesCluster(losses)
    ? `All data of lab "${lab}" would be lost, because no node can keep its own.`
    : `Data of lab "${lab}" would be lost.`;
  const reasons = losses.map(({ target, cause }) => `${target}: ${cause}`).join('; ');
  throw new LabError(
    'would-lose-data',
    `${what} ${reasons}.`,
    `Nothing was changed. To go on without the data: "gitlab-ha up --recreate", or "gitlab-ha down ${lab}" first.`,
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

function keyOf({ target, cause }: DataLoss): string {
  return JSON.stringify([target, cause]);
}
