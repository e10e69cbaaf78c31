import { seenOn } from '../core/live/fact';
import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import { keepConnected } from '../core/watch/keep-connected';
import { poll } from '../core/watch/poll';
import type { Pace } from '../core/watch/poll';
import { runScript } from '../core/watch/script-session';
import { REDIS_EXPORTER_SOURCE, REDIS_UP } from './facts';
import { redisExporter } from './service';

const PACE: Pace = { quietMs: 5_000, hurriedMs: 1_000 };
const SILENCE_MS = 15_000;
/** A page of metrics costs Redis, the exporter and the reader some work, so a good answer holds for a while. */
const RESTED_MS = 4_000;

/**
 * Asks for the metrics once per line of input and prints `U` and the value of `redis_up`, or `U` alone when there is
 * none. Bash opens the connection itself, so a question costs no process, and reads the page in large pieces (line by
 * line it would read byte by byte). Parameters: address, port.
 */
const SCRIPT = `
trap '' PIPE
ask() {
  printf 'GET /metrics HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$1" >&3
  IFS= read -r -t 3 -N 1000000 page <&3
  [[ $page =~ redis_up\\ ([01]) ]] && up=\${BASH_REMATCH[1]}
}
while read -r _; do
  up=
  for host in 127.0.0.1 "$1"; do
    ask "$host" 3<>"/dev/tcp/$host/$2" && break
  done
  printf 'U %s\\n' "$up"
done 2>/dev/null
`;

/** What a line of the script says; undefined when there are no metrics. */
export function parseRedisUp(line: string): boolean | undefined {
  if (line === 'U 1') return true;
  return line === 'U 0' ? false : undefined;
}

/** Asks a node's exporter whether it reaches Redis. */
export function watchRedisExporter(context: WatchContext, node: string): Promise<void> {
  const address = context.cluster.nodes.find(({ name }) => name === node)?.address ?? '127.0.0.1';
  const port = portOf(redisExporter, 'metrics', context.ports[node]);
  return keepConnected(context, REDIS_EXPORTER_SOURCE, node, async (signal) => {
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort(), { once: true });
    let answered = (): void => undefined;
    stop.signal.addEventListener('abort', () => answered());
    let goodAt = -Infinity;
    let polling = Promise.resolve();
    const onStarted = (write: (line: string) => void): void => {
      polling = poll(context, node, PACE, stop.signal, () => {
        if (context.now() - goodAt < RESTED_MS) return Promise.resolve();
        const answer = new Promise<void>((resolve) => (answered = resolve));
        write('');
        return answer;
      });
    };
    const onLine = (line: string): void => {
      answered();
      const up = parseRedisUp(line);
      if (up === true) goodAt = context.now();
      context.emit(seenOn(REDIS_UP, node, context.now(), up));
    };
    const session = { node, name: 'observe-redis-exporter', script: SCRIPT, silenceMs: SILENCE_MS };
    try {
      await runScript(
        context,
        { ...session, parameters: [address, String(port)], onStarted, onLine },
        signal,
      );
    } finally {
      stop.abort();
      await polling;
    }
  });
}
