import { POOLER_LOGIN_RULES } from './logins';
import { POOLER_SIZE_RULES } from './pools';
import type { GitlabRbRule } from '../gitlab-rb-rule';

/** PgBouncer: who logs in, how connections are shared, and whether it finds the leader. */
export const POOLER_RULES: readonly GitlabRbRule[] = [...POOLER_LOGIN_RULES, ...POOLER_SIZE_RULES];
