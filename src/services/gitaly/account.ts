import { account } from '../core/file';

/** Gitaly and Praefect, as in the package. */
export const GIT_USER = account(998);
