import type { GitlabRbRule } from './gitlab-rb-rule';

export const STORAGE_RULES: readonly GitlabRbRule[] = [];
