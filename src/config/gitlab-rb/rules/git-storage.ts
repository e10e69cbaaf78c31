import type { GitlabRbRule } from './gitlab-rb-rule';

export const GIT_STORAGE_RULES: readonly GitlabRbRule[] = [];
