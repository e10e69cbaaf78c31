import { GIT_ADDRESS_RULES } from './git-storage-addresses';
import { GITALY_RULES } from './git-storage-gitaly';
import { PRAEFECT_RULES } from './git-storage-praefect';
import type { GitlabRbRule } from './gitlab-rb-rule';

/** Rules about where Git's repositories are: Gitaly and Praefect. */
export const GIT_STORAGE_RULES: readonly GitlabRbRule[] = [
  ...PRAEFECT_RULES,
  ...GIT_ADDRESS_RULES,
  ...GITALY_RULES,
];
