import type { Switchover } from '../core/switchover';
import type { RedisState } from './whole';

/** The Sentinels hand Redis over, to the replica that they choose. */
export const redisSwitchover = {
  service: 'redis',
  title: 'Redis master',
  choosable: false,
  seconds: 3,
  holder: ({ redis: { master } }) => master,
  candidates: ({ redis: { master, replicas } }) => replicas.filter((name) => name !== master),
  // The tree needs to know who can take over, not how.
  command: async (place) => (await import('./hand-over')).handOver(place),
} as const satisfies Switchover<{ readonly redis: RedisState }>;
