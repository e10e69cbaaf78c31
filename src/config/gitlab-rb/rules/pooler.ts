import type { GitlabRbRule } from './gitlab-rb-rule';

export const POOLER_RULES: readonly GitlabRbRule[] = [];
