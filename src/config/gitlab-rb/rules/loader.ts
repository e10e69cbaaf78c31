import type { GitlabRbRule } from './gitlab-rb-rule';

export const LOADER_RULES: readonly GitlabRbRule[] = [];
