import type { GitlabRbRule } from '../gitlab-rb-rule';
import { BACKUP_RULES } from './backups';
import { CONNECTION_RULES } from './connections';
import { OBJECT_RULES } from './objects';

/** Rules about object storage, the registry's images and backups. */
export const STORAGE_RULES: readonly GitlabRbRule[] = [...OBJECT_RULES, ...CONNECTION_RULES, ...BACKUP_RULES];
