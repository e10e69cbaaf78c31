import type { FactObservation } from '../services/core/live/fact';
import type { WatchContext, Watcher } from '../services/core/watch/context';
import { pause } from '../services/core/watch/hints';

/** Milliseconds after the observation began. Electing a leader takes one to two seconds; nobody knows more before. */
const NODES_AFTER_MS = 500;
const CLUSTER_AFTER_MS = 1_200;
/** Nothing waits longer, whatever became of the cluster. */
const LATEST_MS = 4_000;

export interface WatchersByTurn {
  /** Sources that cost nothing in the nodes. */
  readonly first: readonly Watcher[];
  /** One process in each node. */
  readonly nodes: readonly Watcher[];
  /** Sources for the whole cluster. */
  readonly cluster: readonly Watcher[];
  /** Services of each node: the many. */
  readonly services: readonly Watcher[];
  /** One per service that says so: true for the fact by which its instances have found together. */
  readonly foundTogether: readonly ((fact: FactObservation) => boolean)[];
}

/**
 * The watchers of a cluster whose nodes have been started a moment ago, one turn after the other. Each connection is
 * a process that Docker starts in a node, and all of them at once take the processor from the services they ask for,
 * which could not answer yet: so the services are asked once a source for the whole cluster has said that they found
 * together.
 */
export function oneTurnAfterTheOther(turns: WatchersByTurn): readonly Watcher[] {
  let begin = (): void => undefined;
  const found = new Promise<void>((resolve) => (begin = resolve));
  const missing = new Set(turns.foundTogether);
  if (missing.size === 0) begin();
  const listening = (context: WatchContext): WatchContext => ({
    ...context,
    emit: (observation) => {
      context.emit(observation);
      if (observation.kind !== 'fact') return;
      for (const says of missing) if (says(observation)) missing.delete(says);
      if (missing.size === 0) begin();
    },
  });
  return [
    ...turns.first,
    ...turns.nodes.map((watcher) => after(watcher, ({ signal }) => pause(NODES_AFTER_MS, signal))),
    ...turns.cluster.map((watcher) =>
      after(
        (context) => watcher(listening(context)),
        ({ signal }) => pause(CLUSTER_AFTER_MS, signal),
      ),
    ),
    ...turns.services.map((watcher) =>
      after(watcher, ({ signal }) => Promise.race([found, pause(LATEST_MS, signal)])),
    ),
  ];
}

function after(watcher: Watcher, turn: (context: WatchContext) => Promise<void>): Watcher {
  return async (context) => {
    await turn(context);
    if (!context.signal.aborted) await watcher(context);
  };
}
