import type { FaultAim, ServiceFault } from '../core/fault';
import type { Layout } from '../core/live/layout';
import { REDIS_LOSES } from './stake';
import type { RedisState } from './whole';

/** Undefined while no master is known. */
export const redisMasterAim = {
  id: 'redis-master',
  title: 'Redis master',
  needs: 'redis',
  feltBy: 'redis',
  node: ({ redis }) => redis.master,
} as const satisfies FaultAim<{ readonly redis: RedisState }>;

/** Faults that show what Sentinel does. */
export const redisFaults = [
  {
    id: 'kill-redis',
    title: 'Kill the Redis master',
    deed: 'Kill Redis',
    description: `SIGKILL to redis-server. The Sentinels agree that it is gone and promote a replica, HAProxy follows; the old master waits for that and comes back as a replica. ${REDIS_LOSES}`,
    aim: redisMasterAim.id,
    action: {
      on: 'process',
      process: 'redis',
      service: 'redis',
      kill: ({ services }: Layout) => ['bash', '-c', `sv kill ${services}/redis`],
    },
  },
] as const satisfies readonly ServiceFault[];
