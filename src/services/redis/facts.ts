import type { DeclaredName } from '../core/live/declared';
import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';

/** Sentinel's name of the monitored master. */
export const REDIS_MASTER_NAME: DeclaredName = { name: 'redisMasterName', byDefault: 'gitlab-redis' };

/** A connection to the node's Redis. */
export const REDIS_SOURCE: Source = { id: 'redis', freshMs: 12_000 };

export interface RedisInfo {
  readonly role: 'master' | 'slave';
  readonly masterAddress: string | undefined;
  readonly linkUp: boolean | undefined;
  readonly syncInProgress: boolean;
  readonly connectedReplicas: number | undefined;
  readonly offset: number | undefined;
  readonly version: string | undefined;
}

/** Undefined: nothing listens, or it is no Redis that answers. */
export const REDIS_INFO = nodeFact<RedisInfo | undefined>('redis-info', REDIS_SOURCE);
