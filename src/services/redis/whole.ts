import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { View } from '../core/live/view';
import { isFollowing, redisMaster } from './view';

/** Redis as everybody may see it. */
export interface RedisState {
  readonly master: string | undefined;
  readonly replicas: readonly string[];
}

/** Master and replicas as a state shows them. */
export function redisState(view: View): RedisState {
  return {
    master: redisMaster(view).holder,
    replicas: view.nodes.filter((node) => isFollowing(view, node)).map(({ name }) => name),
  };
}

/** A master with all its replicas. */
export function missingInRedis(state: RedisState, nodes: readonly string[]): readonly Message[] {
  const { master, replicas } = state;
  if (master === undefined) return [say('Redis: no master')];
  const absent = nodes.filter((name) => name !== master && !replicas.includes(name));
  return absent.length > 0 ? [say('Redis: not replicating: {0}', absent.join(', '))] : [];
}
