import { GIT_ADDRESS_RULES } from './addresses';
import { GITALY_RULES } from './gitaly';
import { PRAEFECT_RULES } from './praefect';
import { TAKEN_VALUE_RULES } from './taken-values';
import type { GitlabRbRule } from '../gitlab-rb-rule';

/** Rules about where Git's repositories are: Gitaly and Praefect. */
export const GIT_STORAGE_RULES: readonly GitlabRbRule[] = [
  ...PRAEFECT_RULES,
  ...GIT_ADDRESS_RULES,
  ...GITALY_RULES,
  ...TAKEN_VALUE_RULES,
];
