import type { PlannedFile } from '../plan/plan';
import type { RenderContext, Renderer } from './context';
import { PATHS } from './paths';
import { listenAddresses, nodesOf } from '../../services/core/placement';
import { pgbouncerValue } from '../../services/core/quote';
import { POSTGRES_USER } from './users';

/**
 * PgBouncer as the package sets it up: clients log in with SCRAM, their verifiers come from PostgreSQL through
 * auth_query, and the one password in its own file is that of the role that may run this query (also its admin).
 */
export const renderPgbouncer: Renderer = (context) => [
  ownFile(PATHS.pgbouncerConfig, pgbouncerIni(context)),
  ownFile(PATHS.pgbouncerAuth, `"pgbouncer" "${context.secrets.pgbouncerAdmin.replaceAll('"', '""')}"\n`),
  ownFile(PATHS.pgbouncerFirstDatabases, databases(context)),
];

function ownFile(path: string, content: string): PlannedFile {
  return { path, content, mode: 0o600, ...POSTGRES_USER };
}

/** A first guess at the leader; pgbouncer-watch puts the right address in as soon as Consul names it. */
function databases(context: RenderContext): string {
  const { postgresql } = context.settings;
  const first = nodesOf(context, 'database')[0]?.address ?? '127.0.0.1';
  const name = pgbouncerValue(postgresql.databaseName);
  return `[databases]\n${name} = host=${first} port=${postgresql.port} dbname=${name} auth_user=pgbouncer\n`;
}

function pgbouncerIni({ node, settings }: RenderContext): string {
  const { pgbouncer } = settings;
  return [
    `%include ${PATHS.pgbouncerDatabases}`,
    '',
    '[pgbouncer]',
    `listen_addr = ${listenAddresses(pgbouncer.listenAddress, node).join(',')}`,
    `listen_port = ${pgbouncer.port}`,
    `unix_socket_dir = ${PATHS.pgbouncerHome}`,
    'auth_type = scram-sha-256',
    `auth_file = ${PATHS.pgbouncerAuth}`,
    'auth_query = SELECT username, password FROM public.pg_shadow_lookup($1)',
    'admin_users = pgbouncer',
    'stats_users = pgbouncer',
    `pool_mode = ${pgbouncer.poolMode}`,
    `max_client_conn = ${pgbouncer.maxClientConnections}`,
    `default_pool_size = ${pgbouncer.defaultPoolSize}`,
    `server_login_retry = ${pgbouncer.serverLoginRetry}`,
    'server_connect_timeout = 2',
    '; A connection to a former leader goes as soon as nobody uses it.',
    'server_fast_close = 1',
    `query_wait_timeout = ${pgbouncer.queryWaitTimeout}`,
    'ignore_startup_parameters = extra_float_digits',
    '; Health checks come and go every second.',
    'log_connections = 0',
    'log_disconnections = 0',
    'stats_period = 600',
    '',
  ].join('\n');
}
