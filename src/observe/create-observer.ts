import type { Watcher } from '../services/core/watch/context';
import { LIVE_SERVICES } from './live';
import { LiveObserver } from './live-observer';
import type { Observer } from './observer';
import { placementOf } from './placement';
import type { RecordingSink } from './recording';
import { watchDocker } from './sources/docker';
import { watchNode } from './sources/node';
import type { ObservedTarget } from './target';

export interface ObserverOptions {
  readonly target: ObservedTarget;
  /** Events are appended here. */
  readonly recording?: RecordingSink;
  /** Milliseconds since the epoch; the system's clock when absent. */
  readonly clock?: () => number;
  /** One line per trouble with a source, without secrets. */
  readonly log?: (line: string) => void;
}

/** A live view of one lab or cluster; nothing runs until somebody subscribes. */
export function createObserver(options: ObserverOptions): Observer {
  const { target } = options;
  return new LiveObserver({
    target,
    watchers: watchersFor(target),
    recording: options.recording,
    clock: options.clock ?? Date.now,
    log: options.log ?? (() => undefined),
  });
}

/** One watcher per source, and per node where the source is on the node. */
function watchersFor({ cluster, containers, profile }: ObservedTarget): readonly Watcher[] {
  const placement = placementOf(cluster);
  const reports = LIVE_SERVICES.flatMap(([, { nodeReport }]) => nodeReport ?? []);
  return [
    ...(containers ? ([(context) => watchDocker(context, containers)] satisfies Watcher[]) : []),
    ...placement.nodes.map(
      (node): Watcher =>
        (context) =>
          watchNode(context, node, profile.layout, reports),
    ),
    ...LIVE_SERVICES.flatMap(([id, { watch, watchNode: watchOn }]): Watcher[] => {
      const nodes = placement.nodesOf(id);
      return [
        ...(watch && nodes.length > 0 ? [watch] : []),
        ...(watchOn
          ? nodes.map(
              (node): Watcher =>
                (context) =>
                  watchOn(context, node),
            )
          : []),
      ];
    }),
  ];
}
