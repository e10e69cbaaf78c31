import type { FactObservation } from '../services/core/live/fact';
import type { Watcher } from '../services/core/watch/context';
import { oneTurnAfterTheOther } from './just-started';
import type { WatchersByTurn } from './just-started';
import { LIVE_SERVICES } from './live';
import { LiveObserver } from './live-observer';
import type { Observer } from './observer';
import { patientDials } from './patient-dials';
import { placementOf } from './placement';
import type { RecordingSink } from './recording';
import { watchDocker } from './sources/docker';
import { watchNode } from './sources/node';
import type { ObservedTarget } from './target';

export interface ObserverOptions {
  readonly target: ObservedTarget;
  /** The nodes have been started a moment ago: what cannot answer yet is not asked at once. */
  readonly justStarted?: boolean;
  /** Events are appended here. */
  readonly recording?: RecordingSink;
  /** Milliseconds since the epoch; the system's clock when absent. */
  readonly clock?: () => number;
  /** One line per trouble with a source, without secrets. */
  readonly log?: (line: string) => void;
}

/** A live view of one lab or cluster; nothing runs until somebody subscribes. */
export function createObserver(options: ObserverOptions): Observer {
  const { clock = Date.now, justStarted = false } = options;
  const target = justStarted
    ? { ...options.target, transport: patientDials(options.target.transport, clock) }
    : options.target;
  return new LiveObserver({
    target,
    justStarted,
    watchers: watchersFor(target, justStarted),
    recording: options.recording,
    clock,
    log: options.log ?? (() => undefined),
  });
}

/** One watcher per source, and per node where the source is on the node. */
function watchersFor(target: ObservedTarget, justStarted: boolean): readonly Watcher[] {
  const turns = watchersByTurn(target);
  if (justStarted) return oneTurnAfterTheOther(turns);
  return [...turns.first, ...turns.nodes, ...turns.cluster, ...turns.services];
}

function watchersByTurn({ cluster, containers, profile }: ObservedTarget): WatchersByTurn {
  const placement = placementOf(cluster);
  const reports = LIVE_SERVICES.flatMap(([, { nodeReport }]) => nodeReport ?? []);
  const deployed = LIVE_SERVICES.map(([id, live]) => ({ ...live, nodes: placement.nodesOf(id) })).filter(
    ({ nodes }) => nodes.length > 0,
  );
  return {
    first: containers ? [(context) => watchDocker(context, containers)] : [],
    nodes: placement.nodes.map((node) => (context) => watchNode(context, node, profile.layout, reports)),
    cluster: deployed.flatMap(({ watch }) => watch ?? []),
    services: deployed.flatMap(({ watchNode: watchOn, nodes }): Watcher[] =>
      watchOn ? nodes.map((node) => (context) => watchOn(context, node)) : [],
    ),
    foundTogether: deployed.flatMap(({ foundTogether, nodes }) =>
      foundTogether ? [(fact: FactObservation) => foundTogether(fact, nodes.length)] : [],
    ),
  };
}
