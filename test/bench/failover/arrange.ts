import type { Fault } from '../../../src/drills/faults/fault';
import { waitUntilWhole } from '../../../src/lab/health/wait-until-whole';
import type { LabInfo, LabService } from '../../../src/lab/lab-service';
import type { Observer } from '../../../src/observe/observer';
import type { ClusterState } from '../../../src/observe/state';

/** A node that neither leads nor confirms the leader's commits, nor is Redis master. */
export function bystander(state: ClusterState): string | undefined {
  const busy = [state.database.leader, ...state.database.syncStandby, state.redis.master];
  return (
    state.nodes.find((node) => !busy.includes(node.name))?.name ??
    state.nodes.find((node) => !busy.slice(0, -1).includes(node.name))?.name
  );
}

/**
 * Puts the virtual address on a bystander before a fault of its holder: what is measured is then the move of the
 * address and not a failover of the database that happened to live on the same machine.
 */
export async function arrangeFor(
  fault: Fault,
  labs: LabService,
  lab: LabInfo,
  observer: Observer,
): Promise<void> {
  if (fault.aim !== 'vip-holder') return;
  const target = bystander(observer.state);
  if (target === undefined || observer.state.vip.holders.includes(target)) return;
  const others = lab.cluster.nodes.map((node) => node.name).filter((name) => name !== target);
  const tell = (action: 'stop' | 'start'): Promise<unknown> =>
    Promise.all(others.map((name) => labs.service(lab.name, name, 'keepalived', action)));
  const onlyTarget = ({ vip }: ClusterState): boolean =>
    vip.holders.length === 1 && vip.holders[0] === target;
  try {
    await tell('stop');
    await until(observer, onlyTarget, 30_000);
  } finally {
    await tell('start');
  }
  await waitUntilWhole(observer, lab.cluster, { timeoutMs: 60_000, stableMs: 2000 });
}

/** A state that was waited for, and when it was first seen (milliseconds since the epoch). */
export interface Reached {
  readonly at: number;
  readonly state: ClusterState;
}

/** Resolves with the first state that satisfies the condition. Rejects after the limit, with the last state. */
export function until(
  observer: Observer,
  condition: (state: ClusterState) => boolean,
  limitMs: number,
): Promise<Reached> {
  return new Promise((resolve, reject) => {
    let reached: Reached | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(limit);
      // The listener is called once while it is being added.
      setImmediate(() => subscription.dispose());
      settle();
    };
    const limit = setTimeout(
      () =>
        end(() => reject(new Error(`not within ${limitMs} ms: ${JSON.stringify(observer.state, null, 1)}`))),
      limitMs,
    );
    const subscription = observer.onState((state) => {
      if (reached || !condition(state)) return;
      reached = { at: Date.now(), state };
      end(() => resolve(reached as Reached));
    });
  });
}
