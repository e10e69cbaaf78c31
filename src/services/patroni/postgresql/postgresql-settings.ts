import { integer, mapped, networks, oneOf, parameter, port, size } from '../../core/conversion';
import type { Conversion, Converted } from '../../core/conversion';
import { keysOf } from '../../core/key-rule';
import type { Draft, KeyRule } from '../../core/key-rule';
import { settingsSection } from '../../core/settings';
import type { SectionInput } from '../../core/settings';
import { DATABASE_NAME, DATABASE_USER } from '../facts';
import { databaseName, databaseUser } from '../names';

export interface PostgresqlSettings {
  readonly port: number;
  readonly maxConnections: number;
  readonly sharedBuffers: string;
  readonly walKeepSize: string;
  readonly maxWalSenders: number;
  readonly maxReplicationSlots: number;
  readonly synchronousCommit: string;
  readonly walRetrieveRetryIntervalMs: number;
  readonly databaseName: string;
  readonly databaseUser: string;
  /** Networks allowed with a password. */
  readonly passwordNetworks: readonly string[];
  /** Further parameters of postgresql.conf, as written. */
  readonly parameters: Readonly<Record<string, string>>;
}

const key = keysOf<PostgresqlSettings>();

/** `true` and `false` are what YAML and Ruby people write for on and off. */
const commit: Conversion<string> = (value): Converted<string> => {
  if (value.kind === 'boolean') return { value: value.value ? 'on' : 'off' };
  return oneOf('on', 'off', 'local', 'remote_write', 'remote_apply')(value);
};

// A WAL segment has 16 MB; PostgreSQL 13 replaced the number of segments by a size.
const segments = mapped(integer(0, 100_000), (count) => `${count * 16}MB`);

/** Keys that Omnibus reads under `postgresql` and, winning, under `patroni['postgresql']`. */
function shared(root: string): readonly KeyRule<PostgresqlSettings>[] {
  return [
    key(`${root}.max_connections`, integer(10, 10_000), 'maxConnections'),
    key(`${root}.max_wal_senders`, integer(2, 1000), 'maxWalSenders'),
    key(`${root}.max_replication_slots`, integer(2, 1000), 'maxReplicationSlots'),
    key(`${root}.wal_keep_segments`, segments, 'walKeepSize'),
    key(`${root}.wal_keep_size`, size('MB'), 'walKeepSize'),
  ];
}

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

/** A parameter stands under the key that wins: Patroni's, where it has one. */
function parameterRule(root: string, name: string): KeyRule<PostgresqlSettings> {
  const wins = root !== 'postgresql' || !FROM_PATRONI.includes(name);
  const set = (settings: Draft<PostgresqlSettings>, value: string): void => {
    settings.parameters = { ...settings.parameters, [name]: value };
  };
  return key(`${root}.${name}`, parameter, set, {
    value: ({ parameters }) => (wins ? parameters[name] : undefined),
    settings: ['parameters'],
  });
}

function addNetworks(settings: Draft<PostgresqlSettings>, value: readonly string[]): void {
  settings.passwordNetworks = [...new Set([...settings.passwordNetworks, ...value])];
}

export const POSTGRESQL_SETTINGS = settingsSection({
  name: 'postgresql',
  defaults: ({ cluster, timings }: SectionInput): PostgresqlSettings => ({
    port: 5432,
    maxConnections: 400,
    // The package computes a quarter of the machine's memory; a lab node is small.
    sharedBuffers: '64MB',
    walKeepSize: '160MB',
    maxWalSenders: 10,
    maxReplicationSlots: 10,
    synchronousCommit: 'on',
    walRetrieveRetryIntervalMs: timings.walRetrieveRetryIntervalMs,
    databaseName: DATABASE_NAME.byDefault,
    databaseUser: DATABASE_USER.byDefault,
    passwordNetworks: [cluster.subnet],
    parameters: {},
  }),
  keys: [
    key('postgresql.port', port, 'port'),
    key('postgresql.shared_buffers', size('MB'), 'sharedBuffers'),
    key('postgresql.synchronous_commit', commit, 'synchronousCommit'),
    // The subnet of cluster.yaml stays: without it the nodes could not reach each other. Whoever is trusted on a
    // real node needs a password in the lab.
    key('postgresql.md5_auth_cidr_addresses', networks, addNetworks, {
      value: ({ passwordNetworks }) => passwordNetworks,
      settings: ['passwordNetworks'],
    }),
    key('postgresql.trust_auth_cidr_addresses', networks, addNetworks),
    key('postgresql.sql_user', databaseUser, 'databaseUser'),
    key('gitlab_rails.db_username', databaseUser, 'databaseUser'),
    key('gitlab_rails.db_database', databaseName, 'databaseName'),
    ...PARAMETERS.map((name) => parameterRule('postgresql', name)),
    ...shared('postgresql'),
    ...FROM_PATRONI.map((name) => parameterRule('patroni.postgresql', name)),
    ...shared('patroni.postgresql'),
  ],
  ports: ({ port: postgresql }) => ({ postgresql }),
  declares: ({ databaseName: database, databaseUser: user }) => ({
    ...(database === DATABASE_NAME.byDefault ? {} : { [DATABASE_NAME.name]: database }),
    ...(user === DATABASE_USER.byDefault ? {} : { [DATABASE_USER.name]: user }),
  }),
});
