import { password } from '../core/secrets';

/** Of Redis, and of Sentinel too: whoever may order a failover could read the data as well. */
export const REDIS_PASSWORD = password('redis');
