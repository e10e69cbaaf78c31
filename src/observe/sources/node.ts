import type { WatchContext } from '../../services/core/watch/context';
import { keepConnected } from '../../services/core/watch/keep-connected';
import { parseNodeReport } from './node-report';
import { NODE_SCRIPT } from './node-script';
import { runScript } from '../../services/core/watch/script-session';

/** The script speaks at least every four seconds. */
const SILENCE_MS = 12_000;

/**
 * Watches what a node itself knows: runit's service states, the addresses it carries (so who holds the VIP) and
 * where its PgBouncer sends clients. One process in the node; changes arrive when they happen.
 */
export function watchNode(context: WatchContext, node: string): Promise<void> {
  return keepConnected(context, 'node', node, (signal) =>
    runScript(
      context,
      {
        node,
        name: 'observe-node',
        script: NODE_SCRIPT,
        parameters: [],
        silenceMs: SILENCE_MS,
        onLine: (line) => {
          const report = parseNodeReport(line);
          if (report) context.emit({ ...report, at: context.now(), node });
        },
      },
      signal,
    ),
  );
}
