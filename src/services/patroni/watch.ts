import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import { seenOn } from '../core/live/fact';
import { PATRONI_REST, PATRONI_SOURCE } from './facts';
import { parsePatroniRest } from './rest';
import type { Pace } from '../core/watch/poll';
import { pollByScript } from '../core/watch/poll-by-script';
import { patroni } from './service';

const PACE: Pace = { quietMs: 2_500, hurriedMs: 500 };
const SILENCE_MS = 10_000;

/**
 * Asks the node's own Patroni once per line of input and prints the last line of its answer, which is the JSON.
 * Bash opens the connection itself, so a question costs no process. Parameters: address, port.
 */
const SCRIPT = `
trap '' PIPE
while read -r _; do
  body=
  {
    printf 'GET /patroni HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$1" >&3
    while IFS= read -r -t 2 line <&3 || [ -n "$line" ]; do body=$line; done
  } 2>/dev/null 3<>"/dev/tcp/$1/$2"
  printf '%s\\n' "P $body"
done 2>/dev/null
`;

/** Asks a node's Patroni: seldom while nothing happens, often for some seconds after a change. */
export function watchPatroni(context: WatchContext, node: string): Promise<void> {
  const address = context.cluster.nodes.find(({ name }) => name === node)?.address ?? '127.0.0.1';
  const port = portOf(patroni, 'rest', context.ports[node]);
  return pollByScript(context, PATRONI_SOURCE, {
    node,
    name: 'observe-patroni',
    script: SCRIPT,
    parameters: [address, String(port)],
    pace: PACE,
    silenceMs: SILENCE_MS,
    onLine: (line) =>
      context.emit(seenOn(PATRONI_REST, node, context.now(), parsePatroniRest(line.slice(2)))),
  });
}
