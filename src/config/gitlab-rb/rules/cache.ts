import type { GitlabRbRule } from './gitlab-rb-rule';

export const CACHE_RULES: readonly GitlabRbRule[] = [];
