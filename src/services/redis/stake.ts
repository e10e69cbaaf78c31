import { declaredAs, say } from '../../words/message';
import { isLost, remaining } from '../core/stake';
import type { Stake } from '../core/stake';
import type { RedisState } from './whole';

/** Why acknowledged writes can be lost: said wherever a fault that can cost some is offered. */
export const REDIS_LOSES =
  'Redis replicates asynchronously and, as in the package, keeps no log of its writes: those acknowledged in the last moments can be lost when the master goes.';

/** Redis acknowledges before a replica has the write. */
export const redisStake = {
  service: 'redis',
  atStake: ({ redis: { master, replicas } }, members) => {
    if (master === undefined || !isLost(members, master)) return [];
    const left = remaining(members).map(({ node }) => node);
    const heirs = replicas.filter((node) => left.includes(node));
    return heirs.length > 0
      ? [say('{0} is the Redis master. {1}', master, declaredAs(REDIS_LOSES))]
      : [
          say(
            '{0} is the Redis master and no replica follows it: Redis is gone until it is back, and after a crash every write since its last snapshot is lost.',
            master,
          ),
        ];
  },
} as const satisfies Stake<{ readonly redis: RedisState }>;
