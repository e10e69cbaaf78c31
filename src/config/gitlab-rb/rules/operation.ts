import type { GitlabRbRule } from './gitlab-rb-rule';

export const OPERATION_RULES: readonly GitlabRbRule[] = [];
