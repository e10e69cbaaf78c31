import type { GitlabRbRule } from './gitlab-rb-rule';

export const ACCESS_RULES: readonly GitlabRbRule[] = [];
