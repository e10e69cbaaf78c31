import { REDIS_CLIENT_RULES } from './clients';
import { REDIS_RULES } from './redis';
import { SENTINEL_RULES } from './sentinel';
import type { GitlabRbRule } from '../gitlab-rb-rule';

/** Rules about Redis, the Sentinels that watch it, and how GitLab finds it. */
export const CACHE_RULES: readonly GitlabRbRule[] = [
  ...SENTINEL_RULES,
  ...REDIS_RULES,
  ...REDIS_CLIENT_RULES,
];
