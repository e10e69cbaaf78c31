import { seenOn } from '../core/live/fact';
import { portOf } from '../core/ports';
import type { WatchContext } from '../core/watch/context';
import type { Pace } from '../core/watch/poll';
import { pollByScript } from '../core/watch/poll-by-script';
import { REDIS_EXPORTER_SOURCE, REDIS_UP } from './facts';
import { redisExporter } from './service';

const PACE: Pace = { quietMs: 5_000, hurriedMs: 1_000 };
const SILENCE_MS = 15_000;
/** A page of metrics costs Redis, the exporter and the reader some work, so a good answer holds for a while. */
const RESTED_MS = 4_000;

/**
 * Asks for the metrics once per line of input and prints `U` and the value of `redis_up`, or `U` alone when there is
 * none. Bash opens the connection itself, so a question costs no process, and reads the page in large pieces (line by
 * line it would read byte by byte), however long it is: keys of Redis that are exported come before `redis_up`. Only a
 * whole line counts, since names of keys stand in the page too. Parameters: address, port.
 */
const SCRIPT = `
trap '' PIPE
ask() {
  local page= piece
  printf 'GET /metrics HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' "$1" >&3
  while IFS= read -r -t 3 -N 65536 piece <&3 || [[ $piece ]]; do
    page+=$piece
    if [[ $page =~ $'\\n'redis_up\\ ([01])($'\\n'|$) ]]; then
      up=\${BASH_REMATCH[1]}
      return
    fi
    # What may be the beginning of the line is kept.
    [[ \${#page} -lt 64 ]] || page=\${page: -64}
  done
  return 1
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
  return pollByScript(context, REDIS_EXPORTER_SOURCE, {
    node,
    name: 'observe-redis-exporter',
    script: SCRIPT,
    parameters: [address, String(port)],
    pace: PACE,
    silenceMs: SILENCE_MS,
    holdsMs: (line) => (parseRedisUp(line) === true ? RESTED_MS : 0),
    onLine: (line) => context.emit(seenOn(REDIS_UP, node, context.now(), parseRedisUp(line))),
  });
}
