import type { GitlabRbRule } from './gitlab-rb-rule';

export const REMOVED_RULES: readonly GitlabRbRule[] = [];
