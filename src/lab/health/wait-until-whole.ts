import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Cluster } from '../../cluster/cluster';
import type { Observer } from '../../observe/observer';
import { placementOf } from '../../observe/placement';
import type { ClusterState } from '../../observe/state';
import { lacksIn } from '../../observe/wholeness';
import type { Lack } from '../../observe/wholeness';
import { service as serviceOf } from '../../services/registry';
import { LabError } from '../lab-error';
import { Restarts } from './restarts';
import type { Restarting } from './restarts';

export interface WaitUntilWholeOptions {
  /** Milliseconds until it gives up. */
  readonly timeoutMs: number;
  /** How long it must stay whole, milliseconds: news of a fault may be on its way. */
  readonly stableMs?: number;
  /** True for what may go on missing; without it nothing may. */
  readonly tolerates?: (lack: Lack) => boolean;
  /** What is missing besides until it counts as whole. */
  readonly alsoLacks?: (state: ClusterState) => readonly Lack[];
  readonly signal?: AbortSignal;
}

/**
 * Resolves with the time (milliseconds since the epoch) at which the cluster became whole, once it has been so without
 * a break for `stableMs`.
 * @throws LabError `not-healthy` with what is missing after `timeoutMs`, or as soon as a service is seen to end over and
 * over; `cancelled` when the signal says so.
 */
export function waitUntilWhole(
  observer: Pick<Observer, 'onState'>,
  cluster: Cluster,
  options: WaitUntilWholeOptions,
): Promise<number> {
  if (options.signal?.aborted) return Promise.reject(cancelled());
  const placement = placementOf(cluster);
  const { tolerates = () => false, alsoLacks = () => [] } = options;
  const restarts = new Restarts();
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
      const endless = restarts.note(state).find((one) => !tolerates({ ...one, text: endlessText(one) }));
      if (endless) setTimeout(() => end(() => reject(endsOverAndOver(endless))));
      const lacks = [...lacksIn(state, placement), ...alsoLacks(state)];
      missing = lacks.flatMap((lack) => (tolerates(lack) ? [] : [lack.text]));
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

function endlessText({ node, service, times, withinMs }: Restarting): Message {
  const seconds = Math.round(withinMs / 1000);
  return say('{0}: {1} ended {2} times within {3} s', node, serviceOf(service).title, times, seconds);
}

function endsOverAndOver(restarting: Restarting): LabError {
  const text = endlessText(restarting);
  return new LabError(
    'not-healthy',
    say('{0}, each time it was started: waiting longer changes nothing.', text),
    say('Mend what its log complains of in the files of {0}, then deploy again.', restarting.node),
    { missing: [text], restarting },
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
