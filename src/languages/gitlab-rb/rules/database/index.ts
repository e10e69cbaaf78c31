import { DATABASE_ACCESS_RULES } from './access';
import { DATABASE_ARCHIVE_RULES } from './archive';
import { DATABASE_CLUSTER_RULES } from './cluster';
import { DATABASE_CONNECTION_RULES } from './connection';
import { DATABASE_NETWORK_RULES } from './network';
import { DATABASE_PASSWORD_RULES } from './passwords';
import { DATABASE_REPLICATION_RULES } from './replication';
import { DATABASE_TIMING_RULES } from './timings';
import type { GitlabRbRule } from '../gitlab-rb-rule';

/** PostgreSQL and Patroni: passwords, connections, timings, replicas, addresses, access, the archive. */
export const DATABASE_RULES: readonly GitlabRbRule[] = [
  ...DATABASE_PASSWORD_RULES,
  ...DATABASE_CONNECTION_RULES,
  ...DATABASE_TIMING_RULES,
  ...DATABASE_REPLICATION_RULES,
  ...DATABASE_NETWORK_RULES,
  ...DATABASE_ACCESS_RULES,
  ...DATABASE_ARCHIVE_RULES,
  ...DATABASE_CLUSTER_RULES,
];
