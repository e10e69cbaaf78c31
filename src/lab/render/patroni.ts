import { stringify } from 'yaml';
import type { PlannedFile } from '../plan/plan';
import type { RenderContext, Renderer } from './context';
import { renderHba } from './pg-hba';
import { PATHS } from './paths';
import { renderRoles } from './postgres-roles';
import { POSTGRES_USER } from './users';

/** Patroni's configuration and what a new primary applies; PostgreSQL's own files are written by Patroni. */
export const renderPatroni: Renderer = (context) => [
  // Patroni reads YAML 1.1, in which a bare `on` is a boolean.
  ownFile(PATHS.patroniConfig, stringify(patroniConfig(context), { lineWidth: 0, version: '1.1' })),
  ownFile(PATHS.patroniRoles, renderRoles(context)),
  ownFile(PATHS.patroniClusterWide, `${JSON.stringify(clusterWide(context), null, 2)}\n`),
  ownFile(PATHS.patroniRestAccess, restAccess(context)),
];

/** Read by curl (`-K`), so that the password is on no command line. */
function restAccess({ secrets, settings }: RenderContext): string {
  const { restPort } = settings.patroni;
  return `url = "http://127.0.0.1:${restPort}/config"\nuser = "patroni:${secrets.patroniRest}"\n`;
}

function ownFile(path: string, content: string): PlannedFile {
  return { path, content, mode: 0o600, ...POSTGRES_USER };
}

function patroniConfig(context: RenderContext): object {
  const { node, secrets, settings } = context;
  const { patroni } = settings;
  return {
    scope: patroni.scope,
    namespace: '/service',
    name: patroni.name,
    log: { level: 'INFO', format: '%(levelname)s: %(message)s' },
    restapi: {
      listen: `0.0.0.0:${patroni.restPort}`,
      connect_address: `${node.address}:${patroni.restPort}`,
      // Guards what changes something (restart, failover …); reading is free.
      authentication: { username: 'patroni', password: secrets.patroniRest },
    },
    consul: {
      url: 'http://127.0.0.1:8500',
      register_service: true,
      service_check_interval: '5s',
      // serfHealth: the leader key also goes when gossip declares the node dead, not only after its TTL.
      checks: patroni.sessionFollowsGossip ? ['serfHealth'] : [],
    },
    bootstrap: { dcs: clusterWide(context) },
    postgresql: onThisNode(context),
  };
}

/** Kept in the DCS and equal for all members. */
function clusterWide({ settings }: RenderContext): object {
  const { patroni, postgresql } = settings;
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
      },
    },
  };
}

function onThisNode(context: RenderContext): object {
  const { node, secrets, settings } = context;
  const { postgresql } = settings;
  return {
    listen: `${node.address},127.0.0.1:${postgresql.port}`,
    connect_address: `${node.address}:${postgresql.port}`,
    data_dir: PATHS.postgresqlData,
    bin_dir: PATHS.postgresqlPrograms,
    // Both save Patroni a second of waiting at a start and at a promotion; see the scripts.
    bin_name: { pg_ctl: PATHS.patientPgCtl, pg_isready: PATHS.patientPgIsReady },
    pgpass: PATHS.patroniPgpass,
    // On its own node Patroni comes through the socket, where the operating system says who it is.
    use_unix_socket: true,
    use_unix_socket_repl: true,
    authentication: {
      superuser: { username: 'gitlab-psql', password: secrets.postgresSuperuser },
      replication: { username: 'gitlab_replicator', password: secrets.postgresReplication },
    },
    parameters: {
      shared_buffers: postgresql.sharedBuffers,
      synchronous_commit: postgresql.synchronousCommit,
      wal_retrieve_retry_interval: `${postgresql.walRetrieveRetryIntervalMs}ms`,
      unix_socket_directories: PATHS.postgresqlHome,
      password_encryption: 'scram-sha-256',
      hot_standby_feedback: 'on',
      // A sender notices a vanished replica, and a receiver a vanished leader, within seconds.
      wal_sender_timeout: '10s',
      wal_receiver_timeout: '10s',
      wal_receiver_status_interval: '1s',
      // The image leaves LLVM out.
      jit: 'off',
      log_line_prefix: '%q[%u@%d] ',
      log_checkpoints: 'off',
      ...postgresql.parameters,
    },
    pg_hba: renderHba(context),
    // The operating system's gitlab-psql may come as these roles through the socket.
    pg_ident: ['lab gitlab-psql gitlab-psql', 'lab gitlab-psql gitlab_replicator'],
    callbacks: { on_start: PATHS.patroniCallback, on_role_change: PATHS.patroniCallback },
    create_replica_methods: ['basebackup'],
    basebackup: [{ checkpoint: 'fast' }, 'no-sync'],
    // A lab mends itself: a former leader whose history cannot be rewound is copied anew.
    remove_data_directory_on_rewind_failure: true,
    remove_data_directory_on_diverged_timelines: true,
  };
}
