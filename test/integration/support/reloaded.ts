/** What programs of a node say of themselves, of each setting that they take over while they run: `name|value`, one a line. */
export const SAID_IN_FORCE = `
export REDISCLI_AUTH=$(/opt/gitlab/lab/secret redis)
gitlab-psql -qAtc "select name, setting from pg_settings where context <> 'internal'"
gitlab-ctl pgb-console 'SHOW CONFIG' | awk -F '|' '{ gsub(/ /, ""); print $1 "|" $2 }'
for name in maxmemory maxmemory-policy; do redis-cli CONFIG GET $name | paste -sd '|'; done
redis-cli -p 26379 SENTINEL MASTER gitlab-redis | paste -d '|' - -
curl -s localhost:8008/config | jq -r '"ttl|\\(.ttl)", "loop_wait|\\(.loop_wait)", "retry_timeout|\\(.retry_timeout)",
  "maximum_lag_on_failover|\\(.maximum_lag_on_failover)", "primary_start_timeout|\\(.primary_start_timeout)"'
`;

/** Keys of gitlab.rb whose change a program takes over while it runs, and what it says then. */
export const RELOADED: readonly (readonly [line: string, said: string])[] = [
  ["postgresql['work_mem'] = '8MB'", 'work_mem|8192'],
  ["postgresql['log_min_duration_statement'] = 1000", 'log_min_duration_statement|1000'],
  ["postgresql['synchronous_commit'] = 'remote_write'", 'synchronous_commit|remote_write'],
  ["postgresql['checkpoint_timeout'] = '10min'", 'checkpoint_timeout|600'],
  ["postgresql['effective_cache_size'] = '256MB'", 'effective_cache_size|32768'],
  ["patroni['postgresql']['wal_keep_size'] = '320MB'", 'wal_keep_size|320'],
  ["patroni['ttl'] = 45", 'ttl|45'],
  ["patroni['loop_wait'] = 2", 'loop_wait|2'],
  ["patroni['retry_timeout'] = 4", 'retry_timeout|4'],
  ["patroni['maximum_lag_on_failover'] = 2_097_152", 'maximum_lag_on_failover|2097152'],
  ["patroni['master_start_timeout'] = 5", 'primary_start_timeout|5'],
  ["pgbouncer['pool_mode'] = 'session'", 'pool_mode|session'],
  ["pgbouncer['default_pool_size'] = 30", 'default_pool_size|30'],
  ["pgbouncer['max_client_conn'] = 1000", 'max_client_conn|1000'],
  ["pgbouncer['server_login_retry'] = 3", 'server_login_retry|3'],
  ["pgbouncer['query_wait_timeout'] = 60", 'query_wait_timeout|60'],
  ["redis['maxmemory'] = '64mb'", 'maxmemory|67108864'],
  ["redis['maxmemory_policy'] = 'allkeys-lru'", 'maxmemory-policy|allkeys-lru'],
  ["sentinel['quorum'] = 3", 'quorum|3'],
  ["sentinel['down_after_milliseconds'] = 3000", 'down-after-milliseconds|3000'],
  ["sentinel['failover_timeout'] = 9000", 'failover-timeout|9000'],
];
