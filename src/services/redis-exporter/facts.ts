import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';

/** Its page of metrics. */
export const REDIS_EXPORTER_SOURCE: Source = { id: 'redis-exporter', freshMs: 20_000 };

/** Whether it reaches its Redis (`redis_up`); undefined when it does not answer. */
export const REDIS_UP = nodeFact<boolean | undefined>('redis-exporter-up', REDIS_EXPORTER_SOURCE);
