import { boolean, oneOf, port, reachable, redisSize, word } from '../conversion';
import { key, type KeyRule } from '../key-rule';

/** Roles decide first who starts as master; `redis['master']` written out wins over them. */
export const REDIS_KEYS: readonly KeyRule[] = [
  key('redis.bind', reachable, (draft, value) => (draft.redis.bind = value)),
  key('redis.port', port, (draft, value) => (draft.redis.port = value)),
  key('redis.master', boolean, (draft, value) => (draft.redis.initialMaster = value)),
  key('redis.master_name', word, (draft, value) => (draft.redis.masterName = value)),
  key('redis.maxmemory', redisSize, (draft, value) => (draft.redis.maxMemory = value)),
  key(
    'redis.maxmemory_policy',
    oneOf(
      'noeviction',
      'allkeys-lru',
      'allkeys-lfu',
      'allkeys-random',
      'volatile-lru',
      'volatile-lfu',
      'volatile-random',
      'volatile-ttl',
    ),
    (draft, value) => (draft.redis.maxMemoryPolicy = value),
  ),
];
