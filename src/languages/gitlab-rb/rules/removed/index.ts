import type { GitlabRbRule } from '../gitlab-rb-rule';
import { DEPRECATED_KEY, IGNORED_KEY, OLD_AND_NEW, REFUSED_KEY } from './keys';
import { FORMER_ROLE, INVALID_ROLE, SERVICE_OFF } from './roles';
import { REMOVED_ROOT, TOO_NEW } from './roots';

/** Settings and roles that this version does not have, or not for ever. */
export const REMOVED_RULES: readonly GitlabRbRule[] = [
  REFUSED_KEY,
  IGNORED_KEY,
  REMOVED_ROOT,
  DEPRECATED_KEY,
  TOO_NEW,
  OLD_AND_NEW,
  INVALID_ROLE,
  SERVICE_OFF,
  FORMER_ROLE,
];
