import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { listenAddresses, nodesOf } from '../core/placement';
import { pgbouncerValue } from '../core/notation/quote';
import { POSTGRES_USER } from '../patroni/account';
import { POSTGRESQL_SETTINGS } from '../patroni/postgresql/postgresql-settings';
import { PGBOUNCER_PASSWORD } from './secrets';
import { PGBOUNCER_SETTINGS } from './settings';

const HOME = '/var/opt/gitlab/pgbouncer';

/**
 * PgBouncer as the package sets it up: clients log in with SCRAM, their verifiers come from PostgreSQL through
 * auth_query, and the one password in its own file is that of the role that may run this query (also its admin).
 */
export function renderPgbouncer(context: ServiceContext): readonly NodeFile[] {
  const password = context.secret(PGBOUNCER_PASSWORD).replaceAll('"', '""');
  return [
    ownFile('pgbouncer.ini', pgbouncerIni(context)),
    ownFile('pg_auth', `"pgbouncer" "${password}"\n`),
    ownFile('databases.first.ini', databases(context)),
  ];
}

/** Where scripts reach it. */
export function pgbouncerEnvironment({ settings }: ServiceContext): Readonly<Record<string, number>> {
  return { LAB_PGBOUNCER_PORT: settings(PGBOUNCER_SETTINGS).port };
}

function ownFile(name: string, content: string): NodeFile {
  return privateFile(`${HOME}/${name}`, content, POSTGRES_USER);
}

/** A first guess at the leader; pgbouncer-watch puts the right address in as soon as Consul or etcd names it. */
function databases(context: ServiceContext): string {
  const postgresql = context.settings(POSTGRESQL_SETTINGS);
  const first = nodesOf(context, 'database')[0]?.address ?? '127.0.0.1';
  const name = pgbouncerValue(postgresql.databaseName);
  return `[databases]\n${name} = host=${first} port=${postgresql.port} dbname=${name} auth_user=pgbouncer\n`;
}

function pgbouncerIni({ node, settings }: ServiceContext): string {
  const pgbouncer = settings(PGBOUNCER_SETTINGS);
  return [
    `%include ${HOME}/databases.ini`,
    '',
    '[pgbouncer]',
    `listen_addr = ${listenAddresses(pgbouncer.listenAddress, node).join(',')}`,
    `listen_port = ${pgbouncer.port}`,
    `unix_socket_dir = ${HOME}`,
    'auth_type = scram-sha-256',
    `auth_file = ${HOME}/pg_auth`,
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
    '; Who vanished without a word is noticed within seconds, or what it locked stays locked.',
    'tcp_keepidle = 3',
    'tcp_keepintvl = 1',
    'tcp_keepcnt = 3',
    'tcp_user_timeout = 6000',
    `query_wait_timeout = ${pgbouncer.queryWaitTimeout}`,
    'ignore_startup_parameters = extra_float_digits',
    '; Health checks come and go every second.',
    'log_connections = 0',
    'log_disconnections = 0',
    'stats_period = 600',
    '',
  ].join('\n');
}
