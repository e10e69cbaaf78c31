import { declaredIn } from '../core/live/declared';
import { portOf } from '../core/ports';
import type { Switchover } from '../core/switchover';
import { sentinel } from '../sentinel/service';
import { REDIS_MASTER_NAME } from './facts';
import { REDIS_PASSWORD } from './secrets';
import type { RedisState } from './whole';

/** The password goes through the environment: command lines are seen by everybody on the node. */
const ASK =
  'REDISCLI_AUTH=$("${@:3}") && export REDISCLI_AUTH && exec redis-cli -e -h 127.0.0.1 -p "$1" SENTINEL FAILOVER "$2"';

/** The Sentinels hand Redis over, to the replica that they choose. */
export const redisSwitchover = {
  service: 'redis',
  title: 'Redis master',
  choosable: false,
  holder: ({ redis }) => redis.master,
  candidates: ({ redis: { master, replicas } }) => replicas.filter((name) => name !== master),
  command: ({ readSecret, declared, ports }) => [
    'bash',
    '-c',
    ASK,
    'switchover',
    String(portOf(sentinel, 'sentinel', ports)),
    declaredIn(declared, REDIS_MASTER_NAME),
    ...readSecret(REDIS_PASSWORD.name),
  ],
} as const satisfies Switchover<{ readonly redis: RedisState }>;
