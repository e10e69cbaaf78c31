import { say } from '../../words/message';
import type { Observer } from '../../observe/observer';
import type { ClusterState, ServiceState } from '../../observe/state';
import { LabError } from '../lab-error';
import type { LabInfo, LabService } from '../lab-service';

/** Time for the first picture, milliseconds; a second on a machine with nothing else to do. */
const LOOK_MS = 15_000;

/** True when every service of every node that runs has said something, be it that it is on its way. */
export function isKnown(state: ClusterState): boolean {
  return state.nodes.every(
    (node) =>
      node.container !== 'unknown' && (node.container !== 'running' || node.services.every(hasSpoken)),
  );
}

function hasSpoken({ health, awaited }: ServiceState): boolean {
  return health !== 'unknown' && awaited !== true;
}

/**
 * Works with a live view of a lab in which every service has said something, or could have: what is still unknown after
 * 15 s stays so. What was seen earlier says nothing of now, so without an open view one is opened, and closed at the end.
 * @param open the lab's view when there is one already; it stays open
 * @param signal ends the wait, not the work
 * @throws LabError when none can be opened, `cancelled` when the signal says so before the work began; whatever `work`
 * rejects with
 */
export async function withLiveState<T>(
  labs: Pick<LabService, 'observe'>,
  lab: LabInfo,
  open: Observer | undefined,
  work: (observer: Observer) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const observer = open ?? (await labs.observe(lab));
  // A subscription keeps the watchers running.
  const looking = observer.onState(() => undefined);
  try {
    await known(observer, signal);
    if (signal?.aborted) throw cancelled();
    return await work(observer);
  } finally {
    looking.dispose();
    if (!open) await observer.dispose();
  }
}

function known(observer: Observer, signal: AbortSignal | undefined): Promise<void> {
  if (isKnown(observer.state) || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const limit = setTimeout(() => end(), LOOK_MS);
    const listening = observer.onState((state) => {
      // The first call comes from inside onState, with the state that was looked at above.
      if (isKnown(state)) end();
    });
    const end = (): void => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', end);
      listening.dispose();
      resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
  });
}

function cancelled(): LabError {
  return new LabError(
    'cancelled',
    say('Nothing was done: it was cancelled.'),
    say('Start again when you like.'),
  );
}
