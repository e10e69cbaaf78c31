# gitlab.rb of node3, GitLab (Omnibus) 19.3: coordination, database and cache layers of a three-node HA cluster.
#
# Every node runs the same services. Lines that differ between the nodes say so; everything else must be equal on
# all three, most of all passwords, names and timings.
#
# The passwords below are examples. In the lab they are replaced by the lab's own random secrets; on real machines
# make your own, and keep them out of version control.

external_url 'http://gitlab.example.com'

# --- Which services this machine runs --------------------------------------------------------------------------
# Naming roles switches everything else off.
roles %w[consul_role patroni_role pgbouncer_role redis_replica_role redis_sentinel_role] # redis_master_role on node1

# The application does its migrations itself, and never while a database node is being reconfigured.
gitlab_rails['auto_migrate'] = false

# --- Consul: the cluster's memory of who leads -----------------------------------------------------------------
# Three servers, so that two can outvote one. `bootstrap_expect` is the number of servers that must have found
# each other before the first election; 1 on three machines would make three clusters.
consul['configuration'] = {
  server: true,
  bootstrap_expect: 3,
  retry_join: %w[172.30.0.11 172.30.0.12 172.30.0.13],
  bind_addr: '172.30.0.13', # this node
}
# Encrypts the gossip between the servers: `gitlab-ctl consul encrypt keygen`.
consul['encryption_key'] = 'bGFiLWV4YW1wbGUta2V5LW9mLTMyLWJ5dGVzLWxvbmc='
# Announces PostgreSQL, and watches the announcement to tell PgBouncer who leads.
consul['services'] = %w[postgresql]
consul['watchers'] = %w[postgresql]

# --- Patroni: one PostgreSQL leader, chosen through Consul -----------------------------------------------------
patroni['scope'] = 'postgresql-ha'
patroni['connect_address'] = '172.30.0.13' # this node
# Guards Patroni's REST API (restart, failover ...).
patroni['username'] = 'patroni'
patroni['password'] = 'lab-example-patroni-password'
patroni['replication_password'] = 'lab-example-replication-password'
# A former leader is brought back to the new leader's history instead of being copied anew.
patroni['use_pg_rewind'] = true
# A replica that is further behind (in bytes) may not become leader.
patroni['maximum_lag_on_failover'] = 1_048_576
# One slot per other member, with room for a rebuilt one; one sender more than slots for a base backup.
patroni['postgresql']['max_replication_slots'] = 6
patroni['postgresql']['max_wal_senders'] = 7
patroni['postgresql']['max_connections'] = 400

# How long the cluster waits before it chooses another leader. Left out, the package's values hold: ttl 30,
# loop_wait 10, retry_timeout 10. The lab takes them from `timings` in cluster.yaml; what is written here wins.
# patroni['ttl'] = 30
# patroni['loop_wait'] = 10
# patroni['retry_timeout'] = 10

# --- PostgreSQL ------------------------------------------------------------------------------------------------
postgresql['listen_address'] = '0.0.0.0'
postgresql['shared_buffers'] = '64MB' # a quarter of the memory on a real database machine
# Who may log in with a password: the cluster's network and this machine.
postgresql['md5_auth_cidr_addresses'] = %w[172.30.0.0/24 127.0.0.1/32]
# `gitlab-ctl pg-password-md5 USER` makes these from the password: md5 of password and user name together.
postgresql['sql_user_password'] = '1bfc5bc0e28eb61e190eacf32201c32b'
postgresql['sql_replication_password'] = '45cafc5231c4fd839c2143aad69dfaaf'
postgresql['pgbouncer_user_password'] = '4f2a60727fed77ea6594a0b9d4267705'
# Patroni restarts PostgreSQL when that is safe; reconfigure must not.
postgresql['auto_restart_on_version_change'] = false

# --- PgBouncer: clients keep their connection while the leader changes -----------------------------------------
# Not 0.0.0.0: HAProxy of the same machine listens on the same port of the virtual address.
pgbouncer['listen_addr'] = '172.30.0.13' # this node
pgbouncer['pool_mode'] = 'transaction'
# Three PgBouncers with this many server connections each must fit into max_connections.
pgbouncer['default_pool_size'] = 100
# gitlab-consul is the watcher that reloads PgBouncer when the leader changes.
pgbouncer['admin_users'] = %w[pgbouncer gitlab-consul]
pgbouncer['users'] = {
  'pgbouncer' => { 'password' => '4f2a60727fed77ea6594a0b9d4267705' },
  'gitlab-consul' => { 'password' => 'cfefae414aa86e27a2d05f65e89f2ef6' },
}

# --- Redis: one master, two replicas ---------------------------------------------------------------------------
# Who is master at first; later only the Sentinels know.
redis['master_name'] = 'gitlab-redis'
redis['master_ip'] = '172.30.0.11'
redis['bind'] = '172.30.0.13' # this node
redis['port'] = 6379
redis['announce_ip'] = '172.30.0.13' # this node
# Equal on all nodes: after a failover the old master must be able to follow the new one.
redis['password'] = 'lab-example-redis-password'
redis['master_password'] = 'lab-example-redis-password'

# --- Sentinel: watches Redis and promotes a replica ------------------------------------------------------------
sentinel['bind'] = '172.30.0.13' # this node
sentinel['announce_ip'] = '172.30.0.13' # this node
# Two of three must agree that the master is gone; the package's default of 1 lets a single one decide.
sentinel['quorum'] = 2
# The package's values; the lab takes them from `timings` in cluster.yaml, what is written here wins.
# sentinel['down_after_milliseconds'] = 10_000
# sentinel['failover_timeout'] = 60_000
