import type { GitlabRbRule } from './gitlab-rb-rule';

export const DATABASE_RULES: readonly GitlabRbRule[] = [];
