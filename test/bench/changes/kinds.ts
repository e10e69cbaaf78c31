import type { EffectKind } from '../../../src/presentation/foresight/foresight';

/** One kind of change of a workspace, and what must come of it. */
export interface ChangeKind {
  readonly name: string;
  /** The text of a file of the workspace with the change in it. */
  readonly edit: (path: string, text: string) => string;
  /** What happens to the database's leader, and where nobody leads it; undefined where no program is touched. */
  readonly effect: EffectKind;
}

/** A line at the end of every node's gitlab.rb; later lines win. */
function rb(name: string, line: string, effect: EffectKind): ChangeKind {
  return {
    name,
    effect,
    edit: (path, text) => (path.endsWith('gitlab.rb') ? `${text}\n${line}\n` : text),
  };
}

function inFile(name: string, file: string, effect: EffectKind, edit: (text: string) => string): ChangeKind {
  return { name, effect, edit: (path, text) => (path.endsWith(file) ? edit(text) : text) };
}

export const KINDS: readonly ChangeKind[] = [
  rb('a comment in gitlab.rb', '# nothing new', 'nothing'),
  rb('a key the lab does not use', "gitlab_rails['time_zone'] = 'Asia/Ho_Chi_Minh'", 'nothing'),
  inFile('a timeout in haproxy.cfg', 'haproxy.cfg', 'reload', (text) =>
    text.replace('timeout connect 2s', 'timeout connect 3s'),
  ),
  inFile('a comment in keepalived.conf', 'keepalived.conf', 'reload', (text) => `${text}\n# nothing new\n`),
  inFile('another check interval in keepalived.conf', 'keepalived.conf', 'reload', (text) =>
    text.replace('interval 1', 'interval 2'),
  ),
  rb('work_mem', "postgresql['work_mem'] = '8MB'", 'reload'),
  rb('log_min_duration_statement', "postgresql['log_min_duration_statement'] = 1000", 'reload'),
  rb('wal_keep_size', "patroni['postgresql']['wal_keep_size'] = '320MB'", 'reload'),
  rb(
    'networks of pg_hba.conf',
    "postgresql['md5_auth_cidr_addresses'] = %w[172.30.0.0/24 127.0.0.1/32 10.9.0.0/16]",
    'reload',
  ),
  rb('loop_wait', "patroni['loop_wait'] = 2", 'reload'),
  rb('maximum_lag_on_failover', "patroni['maximum_lag_on_failover'] = 2_097_152", 'reload'),
  rb('pool_mode', "pgbouncer['pool_mode'] = 'session'", 'reload'),
  rb('default_pool_size', "pgbouncer['default_pool_size'] = 30", 'reload'),
  rb('max_client_conn', "pgbouncer['max_client_conn'] = 1000", 'reload'),
  rb('maxmemory', "redis['maxmemory'] = '64mb'", 'reload'),
  rb('maxmemory_policy', "redis['maxmemory_policy'] = 'allkeys-lru'", 'reload'),
  rb('quorum of Sentinel', "sentinel['quorum'] = 3", 'reload'),
  rb('down_after_milliseconds', "sentinel['down_after_milliseconds'] = 3000", 'reload'),
  rb('log_level of Consul', "consul['configuration'][:log_level] = 'warn'", 'reload'),
  rb(
    'an option of the Redis exporter',
    "redis_exporter['flags'] = { 'include-system-metrics' => 'true' }",
    'restart',
  ),
  rb('higher max_connections', "patroni['postgresql']['max_connections'] = 500", 'failover'),
  rb('lower max_connections', "patroni['postgresql']['max_connections'] = 300", 'restart'),
  rb('shared_buffers', "postgresql['shared_buffers'] = '96MB'", 'failover'),
  rb('max_worker_processes', "postgresql['max_worker_processes'] = 10", 'failover'),
  rb('max_replication_slots', "patroni['postgresql']['max_replication_slots'] = 8", 'failover'),
  rb('checks of the Consul session', "patroni['consul'] = { 'checks' => [] }", 'failover'),
  rb('raft_multiplier', "consul['configuration'][:performance] = { raft_multiplier: 2 }", 'failover'),
];
