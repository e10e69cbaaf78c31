import type { LabInfo, LabService } from '../lab/lab-service';
import type { Observer } from '../observe/observer';
import type { ClusterState } from '../observe/state';
import type { CliContext } from './context';

/** The first state that satisfies, or the newest one when `limit` milliseconds are over. */
export async function waitForState(
  context: CliContext,
  observer: Observer,
  satisfied: (state: ClusterState) => boolean,
  limit: number,
): Promise<ClusterState> {
  return new Promise((resolve) => {
    const listeners: { dispose(): void }[] = [];
    let done = false;
    const finish = (state: ClusterState): void => {
      if (done) return;
      done = true;
      // The first call may come from inside onState, before there is something to dispose.
      queueMicrotask(() => {
        for (const listener of listeners) listener.dispose();
      });
      resolve(state);
    };
    listeners.push(context.after(limit, () => finish(observer.state)));
    listeners.push(context.onInterrupt(() => finish(observer.state)));
    listeners.push(
      observer.onState((state) => {
        if (satisfied(state)) finish(state);
      }),
    );
  });
}

/** Looks at a lab once: opens an observer, waits, and closes it. */
export async function lookAt(
  context: CliContext,
  labs: LabService,
  lab: LabInfo,
  satisfied: (state: ClusterState) => boolean,
  limit: number,
): Promise<ClusterState> {
  const observer = await labs.observe(lab);
  try {
    return await waitForState(context, observer, satisfied, limit);
  } finally {
    await observer.dispose();
  }
}
