import { describe, expect, it } from 'vitest';
import { GITLAB_SCHEMA } from '../../../../../../src/languages/gitlab-rb/schema';
import { DEFAULTS } from '../../../../../../src/languages/gitlab-rb/rules/database/facts';
import { findingsOf } from '../../marked-findings';

const NODE = 'roles %w[patroni_role]\n';
const RAILS = 'roles %w[patroni_role pgbouncer_role sidekiq_role]\n';
const HASH = '4f2a60727fed77ea6594a0b9d4267705';

describe('the defaults the rules count with', () => {
  const places: [string, string[], Record<string, number>][] = [
    ['patroni', [], DEFAULTS.patroni],
    ['patroni', ['postgresql'], DEFAULTS.patroniPostgresql],
    ['pgbouncer', [], DEFAULTS.pgbouncer],
    ['postgresql', [], DEFAULTS.postgresql],
    ['puma', [], DEFAULTS.puma],
    ['sidekiq', [], DEFAULTS.sidekiq],
  ];
  const rows = places.flatMap(([root, path, values]) =>
    Object.entries(values).map(([key, value]) => [root, [...path, key], value] as const),
  );

  it.each(rows)('%s %j is %i in the schema too', (root, path, value) => {
    expect(GITLAB_SCHEMA.key(root, path)?.default).toBe(String(value));
  });
});

describe('GLR062: no password', () => {
  const host = "roles %w[sidekiq_role]\ngitlab_rails['db_host'] = '10.0.0.100'\n";

  it('marks the host', () => {
    expect(findingsOf('GLR062', host)).toMatchObject([
      {
        marked: "gitlab_rails['db_host']",
        message: "Rails connects to 10.0.0.100 without a password: gitlab_rails['db_password'] is not set.",
      },
    ]);
  });

  it.each([
    ['there is one', `${host}gitlab_rails['db_password'] = 'lab'`],
    ['there may be one', `${host}gitlab_rails['db_password'] = ENV['PASSWORD']`],
    ['there is one under a condition', `${host}gitlab_rails['db_password'] = 'lab' if x`],
    ['a command gives it', `${host}gitlab_rails['db_extra_config_command'] = '/bin/x'`],
    ['a certificate is used', `${host}gitlab_rails['db_sslcert'] = '/etc/x.crt'`],
    ['another file may hold it', `${host}from_file '/etc/gitlab/secrets.rb'`],
    ['the database is local', "gitlab_rails['db_host'] = '127.0.0.1'"],
    ['it is a socket', "gitlab_rails['db_host'] = '/var/opt/gitlab/postgresql'"],
    ['Rails does not run here', "roles %w[gitaly_role]\ngitlab_rails['db_host'] = '10.0.0.100'"],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR062', text)).toEqual([]);
  });
});

describe('GLR063: the own database', () => {
  it.each([
    ["postgresql['listen_address'] = '0.0.0.0'", "postgresql['listen_address']", '"0.0.0.0"'],
    ['', 'patroni_role', 'the local socket'],
  ])('is what Rails takes with %s', (line, marked, where) => {
    const [found] = findingsOf('GLR063', RAILS + line);
    expect(found).toMatchObject({ marked });
    expect(found?.message).toContain(`so Rails takes ${where}:`);
  });

  it.each([
    ['db_host is set', `${RAILS}gitlab_rails['db_host'] = '10.0.0.100'`],
    ['db_host may be set', `${RAILS}gitlab_rails['db_host'] = host`],
    ['Rails does not run here', NODE],
    ['Patroni does not run here', "postgresql['listen_address'] = '0.0.0.0'"],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR063', text)).toEqual([]);
  });
});

describe('GLR064: past PgBouncer', () => {
  it('corrects the port, or adds it', () => {
    const host = `${RAILS}gitlab_rails['db_host'] = '127.0.0.1'\n`;
    expect(findingsOf('GLR064', `${host}gitlab_rails['db_port'] = 5432`)).toMatchObject([
      { marked: '5432', fixed: `${host}gitlab_rails['db_port'] = 6432` },
    ]);
    expect(findingsOf('GLR064', host)).toMatchObject([
      { marked: "'127.0.0.1'", fixed: `${host}gitlab_rails['db_port'] = 6432\n` },
    ]);
  });

  it('follows ports of the file', () => {
    const text = `${RAILS}gitlab_rails['db_host'] = 'localhost'\npostgresql['port'] = 5433\npgbouncer['listen_port'] = '6433'`;
    expect(findingsOf('GLR064', text)[0]?.message).toBe(
      "Port 5433 of localhost is this node's PostgreSQL, read-only while another node leads; PgBouncer listens on 6433.",
    );
  });

  it.each([
    ['another machine', "gitlab_rails['db_host'] = '10.0.0.100'"],
    ['another port', "gitlab_rails['db_host'] = '127.0.0.1'\ngitlab_rails['db_port'] = 5000"],
    ['an unknown port', "gitlab_rails['db_host'] = '127.0.0.1'\ngitlab_rails['db_port'] = port"],
  ])('says nothing about %s', (_, lines) => {
    expect(findingsOf('GLR064', RAILS + lines)).toEqual([]);
  });
});

describe('GLR065: prepared statements', () => {
  const on = "gitlab_rails['db_port'] = 6432\ngitlab_rails['db_prepared_statements'] = true";

  it('turns them off', () => {
    expect(findingsOf('GLR065', on)).toMatchObject([{ marked: 'true', fixed: on.replace('true', 'false') }]);
  });

  it.each([
    ['PgBouncer keeps sessions', `${on}\npgbouncer['pool_mode'] = 'session'`],
    ['PgBouncer prepares them', `${on}\npgbouncer['max_prepared_statements'] = 100`],
    ['it is PostgreSQL itself', "gitlab_rails['db_prepared_statements'] = true"],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR065', text)).toEqual([]);
  });
});

describe('GLR066: one node by itself', () => {
  const chain = `${RAILS}gitlab_rails['db_host'] = '127.0.0.1'
gitlab_rails['db_port'] = 6432
pgbouncer['databases'] = { gitlabhq_production: { host: '127.0.0.1' } }
`;

  it('is an information', () => {
    expect(findingsOf('GLR066', chain)).toMatchObject([{ marked: "'127.0.0.1'", severity: 'information' }]);
  });

  it.each([
    ['PgBouncer follows the leader', `${chain}consul['watchers'] = %w[postgresql]`],
    ['PgBouncer may follow the leader', `${chain}consul['watchers'] = watchers`],
    ['PgBouncer goes elsewhere', chain.replace("host: '127.0.0.1'", "host: '10.0.0.100'")],
  ])('is not when %s', (_, text) => {
    expect(findingsOf('GLR066', text)).toEqual([]);
  });
});

describe('GLR073 and GLR114: several addresses', () => {
  const two = `${NODE}postgresql['listen_address'] = '192.168.7.11'\nredis['bind'] = '10.0.0.11'\n`;

  it('are told by what the file binds to', () => {
    expect(findingsOf('GLR073', two)).toMatchObject([{ marked: 'patroni_role' }]);
    expect(findingsOf('GLR114', two)).toMatchObject([{ marked: 'patroni_role' }]);
  });

  it.each([
    ['one address', `${NODE}postgresql['listen_address'] = '10.0.0.11'\nredis['bind'] = '10.0.0.11'`],
    ['all addresses', `${NODE}postgresql['listen_address'] = '0.0.0.0'\nredis['bind'] = '10.0.0.11'`],
    ['loopback', `${NODE}pgbouncer['listen_addr'] = '127.0.0.1'\nredis['bind'] = '10.0.0.11'`],
  ])('are not told by %s', (_, text) => {
    expect([...findingsOf('GLR073', text), ...findingsOf('GLR114', text)]).toEqual([]);
  });

  it('are no matter once the address is written', () => {
    expect(findingsOf('GLR073', `${two}patroni['connect_address'] = '10.0.0.11'`)).toEqual([]);
    expect(findingsOf('GLR114', `${two}consul['configuration'] = { bind_addr: '10.0.0.11' }`)).toEqual([]);
  });

  it('stay a matter with the address that means all', () => {
    expect(findingsOf('GLR114', `${two}consul['configuration'] = { bind_addr: '0.0.0.0' }`)).toHaveLength(1);
  });
});

describe("GLR075: Patroni's API", () => {
  it.each([
    ['', 'patroni_role', 'Anybody who reaches port 8008'],
    ["patroni['listen_address'] = '0.0.0.0'", 'patroni_role', 'Anybody who reaches port 8008'],
    ["patroni['password'] = 'x'", "patroni['password']", 'counts only together'],
    ["patroni['username'] = 'x'", "patroni['username']", 'the word "None"'],
  ])('is open with %s', (line, marked, message) => {
    const [found] = findingsOf('GLR075', NODE + line);
    expect(found?.marked).toBe(marked);
    expect(found?.message).toContain(message);
  });

  it.each([
    "patroni['username'] = 'x'\npatroni['password'] = 'y'",
    "patroni['allowlist'] = %w[10.0.0.0/24]",
    "patroni['listen_address'] = '127.0.0.1'",
    "patroni['listen_address'] = address",
    "patroni['tls_client_mode'] = 'required'",
    "patroni['password'] = 'y'\npatroni['username'] = name",
  ])('is guarded, or may be, with %s', (lines) => {
    expect(findingsOf('GLR075', NODE + lines)).toEqual([]);
  });
});

describe('GLR080: where PostgreSQL listens', () => {
  it.each([
    ['', 'patroni_role'],
    ["postgresql['listen_address'] = 'localhost'", "'localhost'"],
    ["postgresql['listen_address'] = '127.0.0.1,::1'", "'127.0.0.1,::1'"],
  ])('nobody reaches it with %s', (line, marked) => {
    expect(findingsOf('GLR080', NODE + line)).toMatchObject([{ marked }]);
  });

  it.each(["'0.0.0.0'", "'*'", "'127.0.0.1,10.0.0.11'", 'address'])('%s is right, or may be', (value) => {
    expect(findingsOf('GLR080', `${NODE}postgresql['listen_address'] = ${value}`)).toEqual([]);
  });
});

describe('GLR081: who is let in', () => {
  const list = (items: string): string => `${NODE}postgresql['md5_auth_cidr_addresses'] = ${items}\n`;
  const address = "patroni['connect_address'] = '10.0.0.11'\n";
  const local = `roles %w[pgbouncer_role patroni_role]\npgbouncer['databases'] = { db: { host: '127.0.0.1', user: 'a', password: '${HASH}' } }\n`;

  it('nobody with empty lists', () => {
    expect(findingsOf('GLR081', NODE)).toMatchObject([{ marked: 'patroni_role' }]);
    expect(findingsOf('GLR081', list('[]'))).toMatchObject([
      { marked: "postgresql['md5_auth_cidr_addresses']" },
    ]);
  });

  it('not this node as a replica', () => {
    expect(findingsOf('GLR081', list('%w[10.0.1.0/24]') + address)[0]?.message).toContain(
      'No entry holds 10.0.0.11',
    );
  });

  it('not PgBouncer of this node', () => {
    const text = `${local}postgresql['md5_auth_cidr_addresses'] = %w[10.0.0.0/24]`;
    expect(findingsOf('GLR081', text)[0]?.message).toContain('No entry holds 127.0.0.1');
  });

  it.each([
    ['a network that holds it', list('%w[10.0.0.0/16]') + address],
    ['all', list("['all']") + address],
    ['a name that may be it', list("['.lab.example']") + address],
    ['samenet', list("['samenet']") + address],
    [
      'the other list',
      `${list('%w[10.1.0.0/16]')}${address}postgresql['trust_auth_cidr_addresses'] = %w[10.0.0.11/32]`,
    ],
    ['entries of its own', `${NODE}postgresql['custom_pg_hba_entries'] = { a: [] }`],
    ['an unknown list', `${NODE}postgresql['md5_auth_cidr_addresses'] = networks`],
    ['a placeholder', list("['{{ network }}']") + address],
  ])('accepts %s', (_, text) => {
    expect(findingsOf('GLR081', text)).toEqual([]);
  });
});

describe('GLR082: trusted networks', () => {
  const list = (entry: string): string => `postgresql['trust_auth_cidr_addresses'] = ['${entry}']`;

  it.each(['0.0.0.0/0', '10.0.0.0/8', '::/0', 'all', '0.0.0.0/1'])('%s is too many', (entry) => {
    expect(findingsOf('GLR082', list(entry))).toMatchObject([{ marked: `'${entry}'` }]);
  });

  it.each(['10.0.0.0/16', '127.0.0.0/8', '10.0.0.11/32', '::1/128', 'fd00::/64'])('%s is not', (entry) => {
    expect(findingsOf('GLR082', list(entry))).toEqual([]);
  });
});

describe('GLR083: masks', () => {
  it.each([
    ['10.0.0.11', '10.0.0.11/32'],
    ['fd00::11', 'fd00::11/128'],
  ])('%s becomes %s', (entry, whole) => {
    const text = (item: string): string => `postgresql['md5_auth_cidr_addresses'] = %w[${item} 127.0.0.1/32]`;
    expect(findingsOf('GLR083', text(entry))).toEqual([
      {
        marked: entry,
        message: `"${entry}" has no mask: PostgreSQL refuses the whole pg_hba.conf.`,
        severity: 'error',
        fixed: text(whole),
      },
    ]);
  });

  it('a mask longer than an address cannot be mended', () => {
    expect(findingsOf('GLR083', "postgresql['trust_auth_cidr_addresses'] = ['10.0.0.0/33']")).toMatchObject([
      { fixed: undefined },
    ]);
  });

  it.each([
    '10.0.0.0/24',
    'node1.lab.example',
    'all',
    'samenet',
    '10.0.0.0/255.255.255.0',
    '<IP>',
    'XXX.XXX.XXX.XXX/YY',
  ])('%s is accepted', (entry) => {
    expect(findingsOf('GLR083', `postgresql['trust_auth_cidr_addresses'] = ['${entry}']`)).toEqual([]);
  });
});

describe('GLR086 and GLR087: the archive', () => {
  const MODE = "postgresql['archive_mode'] = 'on'\n";
  const COMMAND = "postgresql['archive_command'] = 'wal-g wal-push %p'\n";

  it.each([
    ['no command', MODE, "'on'", 'warning'],
    ['an empty command', `${MODE}postgresql['archive_command'] = ''`, "'on'", 'warning'],
    ['no mode', COMMAND, "'wal-g wal-push %p'", 'warning'],
    ['no timeout', MODE + COMMAND, "'on'", 'information'],
  ])('is half with %s', (_, text, marked, severity) => {
    expect(findingsOf('GLR086', text)).toMatchObject([{ marked, severity }]);
  });

  it.each([
    ['it is whole', `${MODE}${COMMAND}postgresql['archive_timeout'] = '60'`],
    ['the command is not known', `${MODE}postgresql['archive_command'] = command`],
    ['the timeout is not known', `${MODE}${COMMAND}postgresql['archive_timeout'] = timeout`],
    [
      "Patroni's form completes it",
      `${NODE}${COMMAND}patroni['postgresql']['archive_mode'] = 'on'\npostgresql['archive_timeout'] = 60`,
    ],
    ['PostgreSQL is elsewhere', `postgresql['enable'] = false\n${MODE}`],
  ])('is not when %s', (_, text) => {
    expect(findingsOf('GLR086', text)).toEqual([]);
  });

  it.each(['cp %p /x/%f || true', 'cp %p /x/%f; exit 0', 'cp %p /x || :', 'a ; /bin/true'])(
    '%s always succeeds',
    (command) => {
      expect(findingsOf('GLR087', `postgresql['archive_command'] = '${command}'`)).toHaveLength(1);
    },
  );

  it.each(['cp %p /x/%f', 'cp %p /x/%f && true', '/bin/true', 'test ! -f /x/%f && cp %p /x/%f'])(
    '%s may fail, or is meant',
    (command) => {
      expect(findingsOf('GLR087', `postgresql['archive_command'] = '${command}'`)).toEqual([]);
    },
  );
});

describe('GLR079: migrations', () => {
  it('adds or corrects the line', () => {
    const line = "gitlab_rails['auto_migrate'] = ";
    expect(findingsOf('GLR079', NODE)).toMatchObject([
      { marked: 'patroni_role', fixed: `${NODE.trimEnd()}\n${line}false\n` },
    ]);
    expect(findingsOf('GLR079', `${NODE}${line}true`)).toMatchObject([
      { marked: 'true', fixed: `${NODE}${line}false` },
    ]);
  });

  it.each([
    ['PgBouncer runs here, so nothing migrates', 'roles %w[patroni_role pgbouncer_role]'],
    ['GitLab runs here', 'roles %w[patroni_role application_role]'],
    ['it is not known', `${NODE}gitlab_rails['auto_migrate'] = migrate`],
  ])('says nothing when %s', (_, text) => {
    expect(findingsOf('GLR079', text)).toEqual([]);
  });
});

describe('GLR085: connections', () => {
  const BOTH = 'roles %w[patroni_role pgbouncer_role]\n';

  it.each([
    ['395 + 5', "pgbouncer['default_pool_size'] = 395", 0],
    ['396 + 5', "pgbouncer['default_pool_size'] = '396'", 1],
    ['two databases', "pgbouncer['default_pool_size'] = 200\npgbouncer['databases'] = { a: {}, b: {} }", 1],
    ['a limit of its own', "pgbouncer['default_pool_size'] = 500\npgbouncer['max_db_connections'] = 300", 0],
    ['an unknown size', "pgbouncer['default_pool_size'] = size", 0],
  ])('%s', (_, lines, count) => {
    expect(findingsOf('GLR085', BOTH + lines)).toHaveLength(count);
  });
});
