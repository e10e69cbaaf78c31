# gitlab.rb of node3, GitLab (Omnibus) 19.3: coordination, database, cache, git and application layers of a three-node HA cluster.
#
# Every node runs the same services. Lines that differ between the nodes say so; everything else must be equal on
# all three, most of all passwords, names and timings.
#
# The passwords below are examples. In the lab they are replaced by the lab's own random secrets; on real machines
# make your own, and keep them out of version control.

external_url 'https://gitlab.example.com'

# --- Which services this machine runs --------------------------------------------------------------------------
# Naming roles switches everything else off.
roles %w[consul_role patroni_role pgbouncer_role redis_replica_role redis_sentinel_role gitaly_role application_role] # redis_master_role on node1

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

# --- Gitaly: holds repositories, and does all that git does with them ------------------------------------------
gitaly['configuration'] = {
  listen_addr: '172.30.0.13:8075', # this node
  prometheus_listen_addr: '172.30.0.13:9236', # this node
  # What Praefect says to be let in; not the token the application says to Praefect.
  auth: { token: 'lab-example-gitaly-token' },
  # The name differs between the nodes: Praefect tells the replicas of a repository apart by it.
  storage: [{ name: 'gitaly-3', path: '/var/opt/gitlab/git-data/repositories' }],
}

# --- Praefect: which Gitaly has which replica, and who is the primary ------------------------------------------
# ha-lab: ignore GLR147 every node of this cluster does everything
praefect['enable'] = true
# After an update one node alone changes its tables.
praefect['auto_migrate'] = false
# Its database is in the same cluster. Of several hosts it takes the one that can be written to, so it follows
# the leader. (A PgBouncer between them would have to pool by session.)
praefect['env'] = { 'PGTARGETSESSIONATTRS' => 'read-write' }
praefect['configuration'] = {
  listen_addr: '172.30.0.13:2305', # this node
  prometheus_listen_addr: '172.30.0.13:9652', # this node
  # Until it has ended, a Praefect that stops still lets in who comes (its port stays open) and answers nobody. Who is
  # let in there waits; so this is short. Default: '1m'.
  graceful_stop_timeout: '500ms',
  auth: { token: 'lab-example-praefect-token' },
  database: {
    host: '172.30.0.11,172.30.0.12,172.30.0.13',
    port: 5432,
    user: 'praefect',
    password: 'lab-example-praefect-database-password',
    dbname: 'praefect_production',
  },
  # Three replicas of every repository: three Gitaly nodes have all, and a write counts when most of them have it.
  virtual_storage: [{
    name: 'default',
    default_replication_factor: 3,
    node: [
      { storage: 'gitaly-1', address: 'tcp://172.30.0.11:8075', token: 'lab-example-gitaly-token' },
      { storage: 'gitaly-2', address: 'tcp://172.30.0.12:8075', token: 'lab-example-gitaly-token' },
      { storage: 'gitaly-3', address: 'tcp://172.30.0.13:8075', token: 'lab-example-gitaly-token' },
    ],
  }],
}

# --- The application: where it finds database and Redis --------------------------------------------------------
# PgBouncer at the virtual address, which follows the leader. It pools by transaction, and prepared statements
# belong to a session.
gitlab_rails['db_host'] = '172.30.0.100'
gitlab_rails['db_port'] = 6432
gitlab_rails['db_password'] = 'lab-example-database-password'
gitlab_rails['db_prepared_statements'] = false
# Asked who is master now, whoever that is; name and password are those of redis above.
gitlab_rails['redis_sentinels'] = [
  { 'host' => '172.30.0.11', 'port' => 26_379 },
  { 'host' => '172.30.0.12', 'port' => 26_379 },
  { 'host' => '172.30.0.13', 'port' => 26_379 },
]
# Who may ask for health and metrics, and whose word about a client's address counts: the cluster's own network.
gitlab_rails['monitoring_whitelist'] = %w[127.0.0.0/8 172.30.0.0/24]
gitlab_rails['trusted_proxies'] = %w[172.30.0.0/24]

# --- The application: where its repositories are ---------------------------------------------------------------
# One storage, whatever replicas Praefect has behind it. The token is the one Praefect asks for.
gitlab_rails['repositories_storages'] = {
  'default' => { 'gitaly_address' => 'tcp://172.30.0.100:2305', 'gitaly_token' => 'lab-example-praefect-token' },
}

# --- Object storage: files outside the nodes, so that any node may fail ----------------------------------------
# The lab has a store of its own under this name; any that speaks S3 will do on real machines.
gitlab_rails['object_store']['enabled'] = true
# Clients need not reach the store: GitLab passes files on. Only the store's own redirects would be cheaper.
gitlab_rails['object_store']['proxy_download'] = true
gitlab_rails['object_store']['connection'] = {
  'provider' => 'AWS',
  'endpoint' => 'https://object-storage:9000',
  'region' => 'us-east-1',
  'path_style' => true,
  'aws_access_key_id' => 'lab-example-access-key',
  'aws_secret_access_key' => 'lab-example-secret-key',
}
# A bucket for each kind: two kinds in one are refused.
gitlab_rails['object_store']['objects']['artifacts']['bucket'] = 'gitlab-artifacts'
gitlab_rails['object_store']['objects']['uploads']['bucket'] = 'gitlab-uploads'
gitlab_rails['object_store']['objects']['lfs']['bucket'] = 'gitlab-lfs'
gitlab_rails['object_store']['objects']['packages']['bucket'] = 'gitlab-packages'
gitlab_rails['object_store']['objects']['external_diffs']['bucket'] = 'gitlab-external-diffs'
gitlab_rails['object_store']['objects']['dependency_proxy']['bucket'] = 'gitlab-dependency-proxy'
gitlab_rails['object_store']['objects']['terraform_state']['bucket'] = 'gitlab-terraform-state'

# --- Puma: answers requests ------------------------------------------------------------------------------------
# 0: one process with threads, enough for a lab. On a real machine one for each processor, and 1.2 GB for each.
# ha-lab: ignore GLR201 three nodes on one machine
puma['worker_processes'] = 0

# --- Sidekiq: does what nobody waits for -----------------------------------------------------------------------
# Jobs at the same time, each with a connection to the database; the package has 20.
sidekiq['concurrency'] = 5
# One process for every queue.
sidekiq['queue_groups'] = ['*']

# --- nginx: passes on to the application -----------------------------------------------------------------------
# HAProxy ends TLS and comes with plain HTTP. Without these two lines nginx would take its port and a certificate
# from external_url.
gitlab_rails['nginx']['listen_port'] = 80
gitlab_rails['nginx']['listen_https'] = false
# Not '*': HAProxy of the same machine listens on the same port of the virtual address.
gitlab_rails['nginx']['listen_addresses'] = ['172.30.0.13'] # this node
# What the application is to know of the client: that it came by HTTPS, and its address, which HAProxy tells.
gitlab_rails['nginx']['proxy_set_headers'] = { 'X-Forwarded-Proto' => 'https', 'X-Forwarded-Ssl' => 'on' }
gitlab_rails['nginx']['real_ip_trusted_addresses'] = %w[172.30.0.0/24]
gitlab_rails['nginx']['real_ip_header'] = 'X-Forwarded-For'
# A certificate is not asked for from outside: whichever node has the virtual address would get the answer.
letsencrypt['enable'] = false

# --- gitlab-sshd: git over SSH ---------------------------------------------------------------------------------
gitlab_sshd['enable'] = true
gitlab_sshd['listen_address'] = '172.30.0.13:2222' # this node
# HAProxy says who the client is (send-proxy-v2); without it every client would have HAProxy's address.
gitlab_sshd['proxy_protocol'] = true
# The host keys must be equal on all nodes, or clients are warned after a failover. The lab sees to it.
gitlab_sshd['host_keys_dir'] = '/var/opt/gitlab/gitlab-sshd'
gitlab_sshd['host_keys_glob'] = 'ssh_host_*_key'
