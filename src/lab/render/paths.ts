/** Where things are in a node; Omnibus' paths where Omnibus has them. Scripts in lab/image use the same. */
export const PATHS = {
  /** What the node's shell scripts need to know; no secrets. */
  environment: '/opt/gitlab/etc/lab.env',
  /** The settings in force, as `gitlab-ctl show-config` prints them. */
  settings: '/opt/gitlab/etc/lab-settings.json',
  secrets: '/etc/gitlab/gitlab-secrets.json',
  gitlabRb: '/etc/gitlab/gitlab.rb',
  patroniConfig: '/var/opt/gitlab/patroni/patroni.yaml',
  patroniRoles: '/var/opt/gitlab/patroni/roles.sql',
  /** The cluster-wide settings, which a new primary puts into the DCS, and how it logs in for that. */
  patroniClusterWide: '/var/opt/gitlab/patroni/dcs.json',
  patroniRestAccess: '/var/opt/gitlab/patroni/rest.curlrc',
  patroniPgpass: '/var/opt/gitlab/patroni/pgpass',
  patroniCallback: '/opt/gitlab/lab/patroni-callback',
  patientPgCtl: '/opt/gitlab/lab/pg_ctl',
  patientPgIsReady: '/opt/gitlab/lab/pg_isready',
  postgresqlHome: '/var/opt/gitlab/postgresql',
  postgresqlData: '/var/opt/gitlab/postgresql/data',
  postgresqlPrograms: '/usr/lib/postgresql/17/bin',
  pgbouncerHome: '/var/opt/gitlab/pgbouncer',
  pgbouncerConfig: '/var/opt/gitlab/pgbouncer/pgbouncer.ini',
  /** Rewritten by pgbouncer-watch whenever the leader changes. */
  pgbouncerDatabases: '/var/opt/gitlab/pgbouncer/databases.ini',
  pgbouncerFirstDatabases: '/var/opt/gitlab/pgbouncer/databases.first.ini',
  pgbouncerAuth: '/var/opt/gitlab/pgbouncer/pg_auth',
  /** Redis and Sentinel rewrite their own files; these are what they start from. */
  redisHome: '/var/opt/gitlab/redis',
  redisBase: '/var/opt/gitlab/redis/redis.base.conf',
  sentinelHome: '/var/opt/gitlab/sentinel',
  sentinelBase: '/var/opt/gitlab/sentinel/sentinel.base.conf',
  haproxyConfig: '/etc/haproxy/haproxy.cfg',
  keepalivedConfig: '/etc/keepalived/keepalived.conf',
  /** What the gateway's probe needs to write as a client does. */
  probe: '/opt/gitlab/etc/probe.json',
} as const;
