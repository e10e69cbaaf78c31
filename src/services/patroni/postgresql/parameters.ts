import type { SettingChange } from '../../core/effect';

/** Parameters that PostgreSQL 17 reads when it starts (`context` is `postmaster` in pg_settings), of those the lab sets. */
export const STARTING_PARAMETERS: ReadonlySet<string> = new Set(
  `autovacuum_freeze_max_age autovacuum_max_workers hot_standby jit_provider max_connections
  max_locks_per_transaction max_prepared_transactions max_replication_slots max_wal_senders max_worker_processes
  shared_buffers track_activity_query_size track_commit_timestamp unix_socket_directories wal_buffers wal_level
  wal_log_hints`.split(/\s+/),
);

/** Of these a standby must not have less than its leader: with less it stops replaying. */
export const STANDBY_LIMITS: ReadonlySet<string> = new Set([
  'max_connections',
  'max_locks_per_transaction',
  'max_prepared_transactions',
  'max_wal_senders',
  'max_worker_processes',
]);

/**
 * Parameters that Patroni takes from the cluster-wide settings only; in a node's own file it passes them over. With
 * PostgreSQL's values, so that one that is no longer set goes back.
 */
export const CLUSTER_WIDE_DEFAULTS = {
  max_worker_processes: '8',
  max_prepared_transactions: '0',
  max_locks_per_transaction: '64',
  track_commit_timestamp: 'off',
} as const satisfies Readonly<Record<string, string>>;

/** True for a parameter that has to be in the cluster-wide settings. */
export function isClusterWide(name: string): boolean {
  return Object.hasOwn(CLUSTER_WIDE_DEFAULTS, name);
}

/** True when a number gets smaller. */
export function isDecrease({ before, after }: SettingChange): boolean {
  return Number(after) < Number(before);
}
