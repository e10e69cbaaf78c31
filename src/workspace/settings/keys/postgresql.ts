import {
  integer,
  networks,
  oneOf,
  parameter,
  port,
  size,
  type Conversion,
  type Converted,
} from '../conversion';
import { databaseName, databaseUser } from '../names';
import { key, type KeyRule, type SettingsDraft } from '../key-rule';

/** `true` and `false` are what YAML and Ruby people write for on and off. */
const commit: Conversion<string> = (value): Converted<string> => {
  if (value.kind === 'boolean') return { value: value.value ? 'on' : 'off' };
  return oneOf('on', 'off', 'local', 'remote_write', 'remote_apply')(value);
};

/** Keys that Omnibus reads under `postgresql` and, winning, under `patroni['postgresql']`. */
const SHARED: readonly [name: string, rule: (dotted: string) => KeyRule][] = [
  [
    'max_connections',
    (at) => key(at, integer(10, 10_000), (draft, value) => (draft.postgresql.maxConnections = value)),
  ],
  [
    'max_wal_senders',
    (at) => key(at, integer(2, 1000), (draft, value) => (draft.postgresql.maxWalSenders = value)),
  ],
  [
    'max_replication_slots',
    (at) => key(at, integer(2, 1000), (draft, value) => (draft.postgresql.maxReplicationSlots = value)),
  ],
  // A WAL segment has 16 MB; PostgreSQL 13 replaced the number of segments by a size.
  [
    'wal_keep_segments',
    (at) =>
      key(at, integer(0, 100_000), (draft, value) => (draft.postgresql.walKeepSize = `${value * 16}MB`)),
  ],
  ['wal_keep_size', (at) => key(at, size('MB'), (draft, value) => (draft.postgresql.walKeepSize = value))],
];

/** Parameters that Omnibus writes into postgresql.conf or runtime.conf under the same name. */
const PARAMETERS: readonly string[] = `autovacuum autovacuum_analyze_scale_factor autovacuum_analyze_threshold
  autovacuum_freeze_max_age autovacuum_max_workers autovacuum_naptime autovacuum_vacuum_cost_delay
  autovacuum_vacuum_cost_limit autovacuum_vacuum_scale_factor autovacuum_vacuum_threshold
  checkpoint_completion_target checkpoint_timeout checkpoint_warning deadlock_timeout default_statistics_target
  effective_cache_size effective_io_concurrency hot_standby_feedback idle_in_transaction_session_timeout
  log_autovacuum_min_duration log_checkpoints log_connections log_disconnections log_line_prefix log_lock_waits
  log_min_duration_statement log_statement log_temp_files maintenance_work_mem max_locks_per_transaction
  max_parallel_workers_per_gather max_prepared_transactions max_slot_wal_keep_size max_standby_archive_delay
  max_standby_streaming_delay max_wal_size max_worker_processes min_wal_size random_page_cost statement_timeout
  track_activity_query_size track_commit_timestamp track_io_timing wal_buffers work_mem`.split(/\s+/);

/** Patroni manages these itself; giving them as parameters would fight with it. */
const FROM_PATRONI = PARAMETERS.filter((name) => name !== 'hot_standby_feedback');

function setParameter(name: string): (draft: SettingsDraft, value: string) => void {
  return (draft, value) => {
    draft.postgresql.parameters = { ...draft.postgresql.parameters, [name]: value };
  };
}

function addNetworks(draft: SettingsDraft, value: readonly string[]): void {
  draft.postgresql.passwordNetworks = [...new Set([...draft.postgresql.passwordNetworks, ...value])];
}

export const POSTGRESQL_KEYS: readonly KeyRule[] = [
  key('postgresql.port', port, (draft, value) => (draft.postgresql.port = value)),
  key('postgresql.shared_buffers', size('MB'), (draft, value) => (draft.postgresql.sharedBuffers = value)),
  key(
    'postgresql.synchronous_commit',
    commit,
    (draft, value) => (draft.postgresql.synchronousCommit = value),
  ),
  // The subnet of cluster.yaml stays: without it the nodes could not reach each other. Whoever is trusted on a
  // real node needs a password in the lab.
  key('postgresql.md5_auth_cidr_addresses', networks, addNetworks),
  key('postgresql.trust_auth_cidr_addresses', networks, addNetworks),
  key('postgresql.sql_user', databaseUser, (draft, value) => (draft.postgresql.databaseUser = value)),
  key('gitlab_rails.db_username', databaseUser, (draft, value) => (draft.postgresql.databaseUser = value)),
  key('gitlab_rails.db_database', databaseName, (draft, value) => (draft.postgresql.databaseName = value)),
  ...PARAMETERS.map((name) => key(`postgresql.${name}`, parameter, setParameter(name))),
  ...SHARED.map(([name, rule]) => rule(`postgresql.${name}`)),
  ...FROM_PATRONI.map((name) => key(`patroni.postgresql.${name}`, parameter, setParameter(name))),
  ...SHARED.map(([name, rule]) => rule(`patroni.postgresql.${name}`)),
];
