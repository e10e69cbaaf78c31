import type { Layout } from '../../services/core/live/layout';
import type { NodeReport } from '../../services/core/live/live-service';
import { NODE_SOURCE } from '../../services/core/live/view';
import type { WatchContext } from '../../services/core/watch/context';
import { keepConnected } from '../../services/core/watch/keep-connected';
import { runScript } from '../../services/core/watch/script-session';
import { readNodeReport } from './node-report';
import { nodeScript } from './node-script';

/** The script speaks at least every four seconds. */
const SILENCE_MS = 12_000;

/**
 * Watches what a node itself knows: runit's service states, the addresses it carries (so who holds the VIP) and what the
 * services' own files say. One process in the node; changes arrive when they happen.
 */
export function watchNode(
  context: WatchContext,
  node: string,
  layout: Layout,
  reports: readonly NodeReport[],
): Promise<void> {
  const { services, definitions, data } = layout;
  return keepConnected(context, NODE_SOURCE, node, (signal) =>
    runScript(
      context,
      {
        node,
        name: 'observe-node',
        script: nodeScript(reports),
        parameters: [services, definitions, data],
        silenceMs: SILENCE_MS,
        onLine: (line) => {
          const seen = readNodeReport(line, reports, node, context.now());
          if (seen) context.emit(seen);
        },
      },
      signal,
    ),
  );
}
