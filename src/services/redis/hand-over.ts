import { declaredIn } from '../core/live/declared';
import { portOf } from '../core/ports';
import type { SwitchoverPlace } from '../core/switchover';
import { sentinel } from '../sentinel/service';
import { REDIS_MASTER_NAME } from './facts';
import { REDIS_PASSWORD } from './secrets';
import { redis } from './service';

/**
 * A failover that is ordered of a Sentinel alone loses what the old master acknowledges until it is told that it follows
 * (0.8 s of writes, measured). So the old master first refuses writes, for want of replicas that nobody has; a replica is
 * promoted once all have everything by their offsets, else nobody is; and the old master is made to follow before it takes
 * writes again. However the script ends, the setting is put back. The password goes through the environment: command lines
 * are seen by everybody on the node.
 *
 * $1 port of Redis, $2 of Sentinel, $3 the master's name, $4… prints the password.
 */
const HAND_OVER = [
  'set -u',
  'REDISCLI_AUTH=$("${@:4}") || exit 1',
  'export REDISCLI_AUTH',
  'redis() { redis-cli -e -h 127.0.0.1 -p "$redis_port" "$@"; }',
  'sentinel() { redis-cli -e -h 127.0.0.1 -p "$sentinel_port" SENTINEL "$@"; }',
  'redis_port=$1 sentinel_port=$2 name=$3 setting=min-replicas-to-write',
  'before=$(redis CONFIG GET "$setting" | tail -n 1)',
  'old=$(sentinel GET-MASTER-ADDR-BY-NAME "$name") || exit 1',
  'put_back() { redis CONFIG SET "$setting" "$before" && redis CONFIG REWRITE; }',
  'trap put_back EXIT',
  'redis CONFIG SET "$setting" 99 >/dev/null || exit 1',
  // What was acknowledged before is on its way to the replicas; they tell once a second what they have. Later offsets do
  // not count: the Sentinels' own messages go on.
  "replication() { redis INFO replication | tr -d '\\r'; }",
  "all=$(replication | sed -n 's/^master_repl_offset://p')",
  '[ -n "$all" ] || exit 1',
  'even() {',
  '  replication | awk -F "[:,=]" -v all="$all" \'',
  '    /^slave[0-9]+:/ { count++; for (i = 1; i < NF; i++) if ($i == "offset") offsets[count] = $(i + 1) }',
  "    END { if (count == 0) exit 1; for (i in offsets) if (offsets[i] + 0 < all + 0) exit 1 }'",
  '}',
  'for turn in $(seq 50); do',
  '  if even; then break; fi',
  '  if [ "$turn" = 50 ]; then echo "a replica lacks what was written, after 5 s" >&2; exit 1; fi',
  '  sleep 0.1',
  'done',
  'sentinel FAILOVER "$name" || exit 1',
  'for _ in $(seq 100); do',
  '  new=$(sentinel GET-MASTER-ADDR-BY-NAME "$name")',
  '  if [ -n "$new" ] && [ "$new" != "$old" ]; then',
  '    mapfile -t address <<<"$new"',
  '    redis REPLICAOF "${address[@]}"',
  '    exit',
  '  fi',
  '  sleep 0.1',
  'done',
  'echo "the Sentinels promoted nobody within 10 s" >&2',
  'exit 1',
].join('\n');

/** Program and arguments that hand Redis over, on the master's node. */
export function handOver({ readSecret, declared, ports }: SwitchoverPlace): readonly string[] {
  return [
    'bash',
    '-c',
    HAND_OVER,
    'switchover',
    String(portOf(redis, 'redis', ports)),
    String(portOf(sentinel, 'sentinel', ports)),
    declaredIn(declared, REDIS_MASTER_NAME),
    ...readSecret(REDIS_PASSWORD.name),
  ];
}
