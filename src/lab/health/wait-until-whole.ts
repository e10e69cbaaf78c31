import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Cluster } from '../../cluster/cluster';
import type { Observer } from '../../observe/observer';
import { placementOf } from '../../observe/placement';
import { lacksIn } from '../../observe/wholeness';
import type { Lack } from '../../observe/wholeness';
import { LabError } from '../lab-error';

export interface WaitUntilWholeOptions {
  /** Milliseconds until it gives up. */
  readonly timeoutMs: number;
  /** How long it must stay whole, milliseconds: news of a fault may be on its way. */
  readonly stableMs?: number;
  /** True for what may go on missing; without it nothing may. */
  readonly tolerates?: (lack: Lack) => boolean;
  readonly signal?: AbortSignal;
}

/**
 * Resolves with the time (milliseconds since the epoch) at which the cluster became whole, once it has been so without
 * a break for `stableMs`.
 * @throws LabError `not-healthy` with what is missing after `timeoutMs`; `cancelled` when the signal says so.
 */
export function waitUntilWhole(
  observer: Pick<Observer, 'onState'>,
  cluster: Cluster,
  options: WaitUntilWholeOptions,
): Promise<number> {
  if (options.signal?.aborted) return Promise.reject(cancelled());
  const placement = placementOf(cluster);
  const { tolerates = () => false } = options;
  return new Promise((resolve, reject) => {
    let missing: readonly Message[] = [say('nothing was observed yet')];
    let whole: { readonly since: number; readonly stable: NodeJS.Timeout } | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(whole?.stable);
      clearTimeout(limit);
      options.signal?.removeEventListener('abort', cancel);
      subscription.dispose();
      settle();
    };
    const cancel = (): void => end(() => reject(cancelled()));
    const limit = setTimeout(
      () => end(() => reject(notWhole(options.timeoutMs, missing))),
      options.timeoutMs,
    );
    options.signal?.addEventListener('abort', cancel, { once: true });
    // The listener is called at once; what it decides comes through a timer, so `subscription` is set by then.
    const subscription = observer.onState((state) => {
      missing = lacksIn(state, placement).flatMap((lack) => (tolerates(lack) ? [] : [lack.text]));
      if (missing.length > 0) {
        clearTimeout(whole?.stable);
        whole = undefined;
      } else if (!whole) {
        const since = Date.now();
        whole = { since, stable: setTimeout(() => end(() => resolve(since)), options.stableMs ?? 0) };
      }
    });
  });
}

function cancelled(): LabError {
  return new LabError(
    'cancelled',
    say('Waiting for the cluster was cancelled.'),
    say('Start again when you like.'),
  );
}

function notWhole(timeoutMs: number, missing: readonly Message[]): LabError {
  return new LabError(
    'not-healthy',
    say('The cluster is not whole after {0} s: {1}', Math.round(timeoutMs / 1000), listed(missing, '; ')),
    say('Look at the logs of the services named; a loaded machine may need longer.'),
    { missing },
  );
}
