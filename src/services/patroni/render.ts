import { stringify } from 'yaml';
import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { nodesOf } from '../core/placement';
import { etcdEndpoints } from '../etcd/endpoints';
import { POSTGRES_USER } from './account';
import { settingsOfCluster } from './cluster-wide';
import { CLUSTER_WIDE_DEFAULTS, isClusterWide } from './postgresql/parameters';
import { renderHba } from './postgresql/pg-hba';
import { POSTGRESQL_SETTINGS } from './postgresql/postgresql-settings';
import { renderRoles } from './roles';
import { REPLICATION_PASSWORD, REST_PASSWORD, SUPERUSER_PASSWORD } from './secrets';
import { PATRONI_SETTINGS } from './settings';

const HOME = '/var/opt/gitlab/patroni';
const POSTGRESQL_HOME = '/var/opt/gitlab/postgresql';
const SCRIPTS = '/opt/gitlab/lab';

/** Patroni's configuration and what a new primary applies; PostgreSQL's own files are written by Patroni. */
export function renderPatroni(context: ServiceContext): readonly NodeFile[] {
  return [
    // Patroni reads YAML 1.1, in which a bare `on` is a boolean.
    ownFile('patroni.yaml', stringify(patroniConfig(context), { lineWidth: 0, version: '1.1' })),
    ownFile('roles.sql', renderRoles(context)),
    // The cluster-wide settings, which a new primary puts into the DCS, and how it logs in for that.
    ownFile('dcs.json', `${JSON.stringify(clusterWide(context), null, 2)}\n`),
    ownFile('rest.curlrc', restAccess(context)),
  ];
}

/** How scripts reach the database and its leader. */
export function patroniEnvironment(context: ServiceContext): Readonly<Record<string, string | number>> {
  const { scope, restPort } = context.settings(PATRONI_SETTINGS);
  // Patroni's member names, which are what the leader key holds.
  const members = nodesOf(context, 'database').map(
    ({ name, address }) => `${context.settings(PATRONI_SETTINGS, name).name}=${address}`,
  );
  return {
    LAB_PATRONI_SCOPE: scope,
    LAB_PATRONI_PORT: restPort,
    LAB_POSTGRESQL_PORT: context.settings(POSTGRESQL_SETTINGS).port,
    LAB_DATABASE_NODES: members.join(' '),
    LAB_DATABASE: context.settings(POSTGRESQL_SETTINGS).databaseName,
  };
}

/** Read by curl (`-K`), so that the password is on no command line. */
function restAccess({ secret, settings }: ServiceContext): string {
  const { restPort } = settings(PATRONI_SETTINGS);
  return `url = "http://127.0.0.1:${restPort}/config"\nuser = "patroni:${secret(REST_PASSWORD)}"\n`;
}

function ownFile(name: string, content: string): NodeFile {
  return privateFile(`${HOME}/${name}`, content, POSTGRES_USER);
}

function patroniConfig(context: ServiceContext): object {
  const { node, secret } = context;
  const patroni = context.settings(PATRONI_SETTINGS);
  return {
    scope: patroni.scope,
    namespace: '/service',
    name: patroni.name,
    log: { level: 'INFO', format: '%(levelname)s: %(message)s' },
    restapi: {
      listen: `0.0.0.0:${patroni.restPort}`,
      connect_address: `${node.address}:${patroni.restPort}`,
      // Guards what changes something (restart, failover …); reading is free.
      authentication: { username: 'patroni', password: secret(REST_PASSWORD) },
    },
    ...storeOf(context),
    bootstrap: { dcs: clusterWide(context) },
    postgresql: onThisNode(context),
  };
}

/**
 * Where Patroni keeps who leads. Of etcd all members are named: there is no agent on a node's own loopback. The key
 * `etcd` would be the API of version 2, which etcd no longer has.
 */
function storeOf({ cluster, settings }: ServiceContext): object {
  if (cluster.dcs === 'etcd') return { etcd3: { hosts: etcdEndpoints(cluster) } };
  return {
    consul: {
      url: 'http://127.0.0.1:8500',
      register_service: true,
      service_check_interval: '5s',
      // serfHealth: the leader key also goes when gossip declares the node dead, not only after its TTL.
      checks: settings(PATRONI_SETTINGS).sessionFollowsGossip ? ['serfHealth'] : [],
    },
  };
}

/** Kept in the DCS and equal for all members. */
function clusterWide(context: ServiceContext): object {
  const { patroni, postgresql } = settingsOfCluster(context);
  return {
    ttl: patroni.ttl,
    loop_wait: patroni.loopWait,
    retry_timeout: patroni.retryTimeout,
    maximum_lag_on_failover: patroni.maximumLagOnFailover,
    primary_start_timeout: patroni.primaryStartTimeout,
    synchronous_mode: patroni.synchronousMode,
    synchronous_mode_strict: patroni.synchronousModeStrict,
    synchronous_node_count: patroni.synchronousNodeCount,
    postgresql: {
      use_pg_rewind: patroni.usePgRewind,
      use_slots: patroni.useSlots,
      parameters: {
        max_connections: postgresql.maxConnections,
        max_wal_senders: postgresql.maxWalSenders,
        max_replication_slots: postgresql.maxReplicationSlots,
        wal_keep_size: postgresql.walKeepSize,
        wal_level: 'replica',
        wal_log_hints: 'on',
        hot_standby: 'on',
        ...CLUSTER_WIDE_DEFAULTS,
        ...Object.fromEntries(Object.entries(postgresql.parameters).filter(([name]) => isClusterWide(name))),
      },
    },
  };
}

function onThisNode(context: ServiceContext): object {
  const { node, secret } = context;
  const postgresql = context.settings(POSTGRESQL_SETTINGS);
  return {
    listen: `${node.address},127.0.0.1:${postgresql.port}`,
    connect_address: `${node.address}:${postgresql.port}`,
    data_dir: `${POSTGRESQL_HOME}/data`,
    bin_dir: '/usr/lib/postgresql/17/bin',
    // Both save Patroni a second of waiting at a start and at a promotion; see the scripts.
    bin_name: { pg_ctl: `${SCRIPTS}/pg_ctl`, pg_isready: `${SCRIPTS}/pg_isready` },
    pgpass: `${HOME}/pgpass`,
    // On its own node Patroni comes through the socket, where the operating system says who it is.
    use_unix_socket: true,
    use_unix_socket_repl: true,
    authentication: {
      superuser: { username: 'gitlab-psql', password: secret(SUPERUSER_PASSWORD) },
      replication: { username: 'gitlab_replicator', password: secret(REPLICATION_PASSWORD) },
    },
    parameters: {
      shared_buffers: postgresql.sharedBuffers,
      synchronous_commit: postgresql.synchronousCommit,
      wal_retrieve_retry_interval: `${postgresql.walRetrieveRetryIntervalMs}ms`,
      unix_socket_directories: POSTGRESQL_HOME,
      password_encryption: 'scram-sha-256',
      hot_standby_feedback: 'on',
      // A sender notices a vanished replica, and a receiver a vanished leader, within seconds.
      wal_sender_timeout: '10s',
      wal_receiver_timeout: '10s',
      wal_receiver_status_interval: '1s',
      // So is a client whose machine vanished in the middle of a transaction: everybody waits for its locks.
      tcp_keepalives_idle: 3,
      tcp_keepalives_interval: 1,
      tcp_keepalives_count: 3,
      tcp_user_timeout: '6s',
      // As the package has it.
      idle_in_transaction_session_timeout: '60s',
      // The image leaves LLVM out.
      jit: 'off',
      log_line_prefix: '%q[%u@%d] ',
      log_checkpoints: 'off',
      ...Object.fromEntries(Object.entries(postgresql.parameters).filter(([name]) => !isClusterWide(name))),
    },
    pg_hba: renderHba(context),
    // The operating system's gitlab-psql may come as these roles through the socket.
    pg_ident: ['lab gitlab-psql gitlab-psql', 'lab gitlab-psql gitlab_replicator'],
    callbacks: { on_start: `${SCRIPTS}/patroni-callback`, on_role_change: `${SCRIPTS}/patroni-callback` },
    create_replica_methods: ['basebackup'],
    basebackup: [{ checkpoint: 'fast' }, 'no-sync'],
    // A lab mends itself: a former leader whose history cannot be rewound is copied anew.
    remove_data_directory_on_rewind_failure: true,
    remove_data_directory_on_diverged_timelines: true,
  };
}
