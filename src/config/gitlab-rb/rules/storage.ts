import type { GitlabRbRule } from './gitlab-rb-rule';
import { BACKUP_RULES } from './storage-backups';
import { CONNECTION_RULES } from './storage-connections';
import { OBJECT_RULES } from './storage-objects';

/** Rules about object storage, the registry's images and backups. */
export const STORAGE_RULES: readonly GitlabRbRule[] = [...OBJECT_RULES, ...CONNECTION_RULES, ...BACKUP_RULES];
