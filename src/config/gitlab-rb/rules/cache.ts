import { REDIS_CLIENT_RULES } from './cache-clients';
import { REDIS_RULES } from './cache-redis';
import { SENTINEL_RULES } from './cache-sentinel';
import type { GitlabRbRule } from './gitlab-rb-rule';

/** Rules about Redis, the Sentinels that watch it, and how GitLab finds it. */
export const CACHE_RULES: readonly GitlabRbRule[] = [
  ...SENTINEL_RULES,
  ...REDIS_RULES,
  ...REDIS_CLIENT_RULES,
];
