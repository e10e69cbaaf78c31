import { describe, expect, it } from 'vitest';
import { findingsOf } from '../marked-findings';

const NODE = 'roles %w[pgbouncer_role]\n';
const HASH = '4f2a60727fed77ea6594a0b9d4267705';
const WATCH = "consul['watchers'] = %w[postgresql]\n";

describe('GLR095: no user', () => {
  it.each([
    ['nothing', NODE],
    ['users without password', `${NODE}pgbouncer['users'] = { 'pgbouncer' => {} }`],
    ['databases without password', `${NODE}pgbouncer['databases'] = { db: { host: '10.0.0.100' } }`],
  ])('%s is not enough', (_, text) => {
    expect(findingsOf('GLR095', text)).toMatchObject([{ marked: 'pgbouncer_role' }]);
  });

  it('marks what turns PgBouncer on', () => {
    expect(findingsOf('GLR095', "pgbouncer['enable'] = true")).toMatchObject([
      { marked: "pgbouncer['enable']" },
    ]);
  });

  it.each([
    ['a user has a password', `pgbouncer['users'] = { a: { password: '${HASH}' } }`],
    ['a database has one', `pgbouncer['databases'] = { db: { user: 'a', password: '${HASH}' } }`],
    ['one may come from elsewhere', "pgbouncer['users'] = users"],
    ['a loop adds users', "%w[a b].each { |u| pgbouncer['users'][u] = { password: File.read(u) } }"],
    ['nobody is asked for a password', "pgbouncer['auth_type'] = 'trust'"],
    ['the package makes entries', "postgresql['component_databases'] = { a: { enable: true } }"],
    ['another file is read', "from_file '/etc/gitlab/users.rb'"],
  ])('says nothing when %s', (_, line) => {
    expect(findingsOf('GLR095', NODE + line)).toEqual([]);
  });
});

describe('GLR096: who may reload', () => {
  it('marks the list without the user of the watcher', () => {
    expect(findingsOf('GLR096', `${NODE}${WATCH}pgbouncer['admin_users'] = %w[gitlab-consul]`)).toMatchObject(
      [{ marked: '%w[gitlab-consul]' }],
    );
  });

  it.each([
    ['the default', WATCH],
    ['a list with it', `${WATCH}pgbouncer['admin_users'] = %w[pgbouncer]`],
    ['no watcher', "pgbouncer['admin_users'] = %w[me]"],
    ['an unknown list', `${WATCH}pgbouncer['admin_users'] = ['me', name]`],
  ])('accepts %s', (_, lines) => {
    expect(findingsOf('GLR096', NODE + lines)).toEqual([]);
  });
});

describe('GLR097: where PostgreSQL is', () => {
  it.each([
    ['nothing', '', 'pgbouncer_role'],
    ['an empty list', "consul['watchers'] = []", "consul['watchers']"],
    ['databases without host', `pgbouncer['databases'] = { db: { user: 'a' } }`, "pgbouncer['databases']"],
  ])('is not told by %s', (_, line, marked) => {
    expect(findingsOf('GLR097', NODE + line)).toMatchObject([{ marked }]);
  });

  it.each([
    ['a watcher', WATCH],
    ['a watcher that is not known', "consul['watchers'] = watchers"],
    ['a host', "pgbouncer['databases'] = { db: { host: '10.0.0.100' } }"],
    ['a host that is not known', "pgbouncer['databases'] = { db: { host: vip } }"],
    ['a watcher of another name, which GLR124 takes', "consul['watchers'] = %w[patroni]"],
  ])('is, or may be, with %s', (_, line) => {
    expect(findingsOf('GLR097', NODE + line)).toEqual([]);
  });
});

describe('GLR098: pool_mode', () => {
  const mode = (value: string): string => `${NODE}pgbouncer['pool_mode'] = '${value}'`;

  it.each([
    ['statement', 'error', 'refuses transactions of more than one statement'],
    ['transactions', 'error', 'knows no pool_mode "transactions"'],
    ['session', 'warning', 'keeps one of PostgreSQL'],
  ])('%s', (value, severity, message) => {
    const [found] = findingsOf('GLR098', mode(value));
    expect(found).toMatchObject({ marked: `'${value}'`, severity, fixed: mode('transaction') });
    expect(found?.message).toContain(message);
  });

  it('looks at single databases', () => {
    const text = `${NODE}pgbouncer['databases'] = { db: { pool_mode: 'statement' }, praefect: { pool_mode: 'session' } }`;
    expect(findingsOf('GLR098', text)).toMatchObject([{ marked: "'statement'" }]);
  });

  it.each([
    ['transaction', mode('transaction')],
    [
      'sessions for Praefect alone',
      `${mode('session')}\npgbouncer['databases'] = { praefect_production: {} }`,
    ],
    ['sessions for databases that are not known', `${mode('session')}\npgbouncer['databases'] = databases`],
    ['a placeholder', mode('{{ mode }}')],
    ['PgBouncer that does not run', "pgbouncer['pool_mode'] = 'statement'"],
  ])('accepts %s', (_, text) => {
    expect(findingsOf('GLR098', text)).toEqual([]);
  });
});

describe('GLR099: clients', () => {
  const BOTH = 'roles %w[pgbouncer_role application_role]\n';
  const clients = (count: number): string => `${BOTH}pgbouncer['max_client_conn'] = ${count}\n`;

  it.each([
    ['2 × 4 + 20 fit', `${clients(28)}puma['worker_processes'] = 2`, 0],
    ['2 × 4 + 20 are one too many', `${clients(27)}puma['worker_processes'] = 2`, 1],
    ['workers follow from the machine', clients(1), 0],
    [
      'one process for each group of queues',
      `${clients(47)}puma['worker_processes'] = 2\nsidekiq['queue_groups'] = %w[* *]`,
      1,
    ],
    ['single mode has one', `${clients(23)}puma['worker_processes'] = 0`, 1],
  ])('%s', (_, text, count) => {
    expect(findingsOf('GLR099', text)).toHaveLength(count);
  });
});

describe('GLR100: no password', () => {
  it.each(['any', 'trust'])('%s', (type) => {
    expect(findingsOf('GLR100', `${NODE}pgbouncer['auth_type'] = '${type}'`)).toMatchObject([
      { marked: `'${type}'` },
    ]);
  });

  it.each([
    ['md5', "pgbouncer['auth_type'] = 'md5'"],
    ['loopback only', "pgbouncer['auth_type'] = 'trust'\npgbouncer['listen_addr'] = '127.0.0.1'"],
    ['an unknown address', "pgbouncer['auth_type'] = 'trust'\npgbouncer['listen_addr'] = address"],
  ])('accepts %s', (_, lines) => {
    expect(findingsOf('GLR100', NODE + lines)).toEqual([]);
  });
});

describe('GLR102: SCRAM', () => {
  const scram = `${NODE}pgbouncer['auth_type'] = 'scram-sha-256'\n`;

  it('marks an MD5 hash', () => {
    expect(findingsOf('GLR102', `${scram}pgbouncer['users'] = { a: { password: '${HASH}' } }`)).toMatchObject(
      [{ marked: `'${HASH}'` }],
    );
  });

  it.each([
    ['a SCRAM secret', "pgbouncer['users'] = { a: { password: '4096:c2FsdA==$a2V5:a2V5' } }"],
    ['a type of its own', `pgbouncer['users'] = { a: { password: '${HASH}', auth_type: 'md5' } }`],
  ])('accepts %s', (_, line) => {
    expect(findingsOf('GLR102', scram + line)).toEqual([]);
  });
});

describe('GLR103: a user alone', () => {
  it('marks the user', () => {
    const text = `${NODE}pgbouncer['databases'] = { db: { host: '10.0.0.1', user: 'a' } }`;
    expect(findingsOf('GLR103', text)).toMatchObject([{ marked: "'a'" }]);
  });

  it.each([
    ['both', `{ db: { user: 'a', password: '${HASH}' } }`],
    ['none', "{ db: { host: '10.0.0.1' } }"],
    ['a password that is not known', "{ db: { user: 'a', password: hash } }"],
    ['another way to log in', "{ db: { user: 'a', auth_type: 'cert' } }"],
  ])('accepts %s', (_, value) => {
    expect(findingsOf('GLR103', `${NODE}pgbouncer['databases'] = ${value}`)).toEqual([]);
  });
});

describe("GLR105: Rails' database", () => {
  const rails = `roles %w[pgbouncer_role sidekiq_role]
gitlab_rails['db_host'] = '127.0.0.1'
gitlab_rails['db_port'] = 6432
`;

  it('marks the first entry', () => {
    const [found] = findingsOf('GLR105', `${rails}pgbouncer['databases'] = { gitlab: {}, other: {} }`);
    expect(found).toMatchObject({
      marked: 'gitlab:',
      message: 'Rails asks for "gitlabhq_production"; PgBouncer has "gitlab", "other": "no such database".',
    });
  });

  it.each([
    ['its name', "pgbouncer['databases'] = { gitlabhq_production: {} }"],
    [
      'the name of the file',
      "gitlab_rails['db_database'] = 'gitlab'\npgbouncer['databases'] = { gitlab: {} }",
    ],
    ['any database', "pgbouncer['databases'] = { '*' => {} }"],
    ['no entry', ''],
    ['unknown entries', "pgbouncer['databases'] = databases"],
  ])('accepts %s', (_, lines) => {
    expect(findingsOf('GLR105', rails + lines)).toEqual([]);
  });

  it('says nothing when Rails goes elsewhere', () => {
    const text = `${rails.replace('127.0.0.1', '10.0.0.100')}pgbouncer['databases'] = { gitlab: {} }`;
    expect(findingsOf('GLR105', text)).toEqual([]);
  });
});
