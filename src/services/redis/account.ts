import { account } from '../core/file';

/** Redis and Sentinel. */
export const REDIS_USER = account(997);
