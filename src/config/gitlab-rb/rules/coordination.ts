import type { GitlabRbRule } from './gitlab-rb-rule';

export const COORDINATION_RULES: readonly GitlabRbRule[] = [];
