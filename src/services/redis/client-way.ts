import type { ClientWay } from '../core/client-way';
import { REDIS_PASSWORD } from './secrets';
import { REDIS_SETTINGS } from './settings';
import type { RedisState } from './whole';

/** Straight to the master. */
export const redisWay = {
  id: 'redis',
  title: 'Redis',
  passes: ['HAProxy', 'Redis', 'Sentinel'],
  command: 'redis',
  layer: 'cache',
  tried: true,
  port: (settings) => settings(REDIS_SETTINGS).port,
  login: (_settings, secret) => ({ password: secret(REDIS_PASSWORD) }),
  keptAt: { service: 'redis', port: 'redis' },
  leader: ({ redis }) => redis.master,
} as const satisfies ClientWay<{ readonly redis: RedisState }>;
