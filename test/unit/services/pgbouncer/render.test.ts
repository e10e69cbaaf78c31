import { describe, expect, it } from 'vitest';
import { renderPgbouncer } from '../../../../src/services/pgbouncer/render';
import { contentOf, sampleService } from '../../lab/render/sample-context';

const home = '/var/opt/gitlab/pgbouncer';
const files = (...arguments_: Parameters<typeof sampleService>) =>
  renderPgbouncer(sampleService(...arguments_));

describe('PgBouncer', () => {
  it('is configured like this', () => {
    const settings = contentOf(files({ node: 'node2' }), `${home}/pgbouncer.ini`)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(';'));
    expect(settings).toEqual([
      `%include ${home}/databases.ini`,
      '[pgbouncer]',
      'listen_addr = 172.30.5.12,127.0.0.1',
      'listen_port = 6432',
      `unix_socket_dir = ${home}`,
      'auth_type = scram-sha-256',
      `auth_file = ${home}/pg_auth`,
      'auth_query = SELECT username, password FROM public.pg_shadow_lookup($1)',
      'admin_users = pgbouncer',
      'stats_users = pgbouncer',
      'pool_mode = transaction',
      'max_client_conn = 2048',
      'default_pool_size = 20',
      'server_login_retry = 0.2',
      'server_connect_timeout = 2',
      'server_fast_close = 1',
      'tcp_keepidle = 3',
      'tcp_keepintvl = 1',
      'tcp_keepcnt = 3',
      'tcp_user_timeout = 6000',
      'query_wait_timeout = 120',
      'ignore_startup_parameters = extra_float_digits',
      'log_connections = 0',
      'log_disconnections = 0',
      'stats_period = 600',
    ]);
  });

  it('starts with a line the watch can put the leader into', () => {
    expect(contentOf(files(), `${home}/databases.first.ini`)).toBe(
      '[databases]\n' +
        'gitlabhq_production = host=172.30.5.11 port=5432 dbname=gitlabhq_production auth_user=pgbouncer\n',
    );
  });

  it('keeps one password, that of the role which looks the others up', () => {
    expect(contentOf(files(), `${home}/pg_auth`)).toBe('"pgbouncer" "secret-pgbouncer"\n');
  });
});
