import { ACCESS_RULES } from './access';
import { CACHE_RULES } from './cache';
import { COORDINATION_RULES } from './coordination';
import { DATABASE_RULES } from './database';
import { GIT_STORAGE_RULES } from './git-storage';
import type { GitlabRbRule } from './gitlab-rb-rule';
import { LOADER_RULES } from './loader';
import { OPERATION_RULES } from './operation';
import { POOLER_RULES } from './pooler';
import { REMOVED_RULES } from './removed';
import { STORAGE_RULES } from './storage';

/** Rules that judge each line by itself: what the loader does with it, and whether its key still exists. */
export const LINE_RULES: readonly GitlabRbRule[] = [...LOADER_RULES, ...REMOVED_RULES];

/** Every rule for gitlab.rb, in the order of their topics. */
export const GITLAB_RB_RULES: readonly GitlabRbRule[] = [
  ...LINE_RULES,
  ...ACCESS_RULES,
  ...DATABASE_RULES,
  ...POOLER_RULES,
  ...COORDINATION_RULES,
  ...GIT_STORAGE_RULES,
  ...CACHE_RULES,
  ...STORAGE_RULES,
  ...OPERATION_RULES,
];
