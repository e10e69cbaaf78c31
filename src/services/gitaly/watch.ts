import { seenOn } from '../core/live/fact';
import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import { watchGrpc } from '../core/watch/watch-grpc';
import { GITALY_HEALTH, GITALY_SOURCE } from './facts';
import { gitaly } from './service';

/** Asks a node's Gitaly how it is. */
export function watchGitaly(context: WatchContext, node: string): Promise<void> {
  const port = portOf(gitaly, 'gitaly', context.ports[node]);
  return watchGrpc(context, GITALY_SOURCE, node, port, (health, at) =>
    seenOn(GITALY_HEALTH, node, at, health),
  );
}
