import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../marked-findings';

const NODE = 'roles %w[patroni_role]\n';
const HASH = '1c5d9fbe703155bef0cd0caa64911b8a';

describe('GLR060: a password where its hash belongs', () => {
  it('counts the hash from the password and the user', () => {
    const text = `${NODE}postgresql['sql_user_password'] = 'lab'`;
    expect(findingsOf('GLR060', text)).toEqual([
      {
        marked: "'lab'",
        message:
          "postgresql['sql_user_password'] is no MD5 hash: nobody can log in as gitlab with the password that is meant.",
        severity: 'error',
        fixed: `${NODE}postgresql['sql_user_password'] = '${HASH}'`,
      },
    ]);
  });

  it.each([
    ['the mark in front', `md5${HASH}`, HASH],
    ['capital letters', HASH.toUpperCase(), HASH],
  ])('mends %s', (_, written, hash) => {
    const text = `${NODE}postgresql['sql_user_password'] = "${written}"`;
    const [found] = findingsOf('GLR060', text);
    expect(found?.fixed).toBe(`${NODE}postgresql['sql_user_password'] = "${hash}"`);
  });

  it.each([
    ['sql_replication_password', 'gitlab_replicator'],
    ['pgbouncer_user_password', 'pgbouncer'],
  ])('knows the user of %s', (key, user) => {
    const [found] = findingsOf('GLR060', `${NODE}postgresql['${key}'] = 'lab'`);
    expect(found?.message).toContain(`log in as ${user} `);
  });

  it('takes the user from the file', () => {
    const text = `${NODE}postgresql['sql_user'] = 'other'\npostgresql['sql_user_password'] = 'lab'`;
    expect(findingsOf('GLR060', text)[0]?.message).toContain('log in as other ');
  });

  it.each([
    [
      'somebody may log in without a password',
      `${NODE}postgresql['trust_auth_cidr_addresses'] = %w[127.0.0.1/32]\n`,
    ],
    ['no cluster uses it', ''],
  ])('is a warning where %s', (_, before) => {
    const [found] = findingsOf('GLR060', `${before}postgresql['sql_user_password'] = 'lab'`);
    expect(found?.severity).toBe('warning');
  });

  it.each([
    ['users', "pgbouncer['users'] = { 'pgbouncer' => { 'password' => 'lab' } }"],
    ['users by symbol', "pgbouncer['users'] = { pgbouncer: { password: 'lab' } }"],
    ['databases', "pgbouncer['databases'] = { gitlabhq_production: { user: 'pgbouncer', password: 'lab' } }"],
    ['users key by key', "pgbouncer['users']['pgbouncer']['password'] = 'lab'"],
  ])('looks into %s of PgBouncer', (_, line) => {
    expect(findingsOf('GLR060', NODE + line)).toMatchObject([{ marked: "'lab'" }]);
  });

  it.each([
    ['a hash', `postgresql['sql_user_password'] = '${HASH}'`],
    ['an unknown value', "postgresql['sql_user_password'] = ENV['HASH']"],
    ['a value under a condition', "postgresql['sql_user_password'] = 'lab' if File.exist?('/x')"],
    ['a placeholder of a template', "postgresql['sql_user_password'] = '{{ hash }}'"],
    ['a placeholder in words', "postgresql['sql_user_password'] = 'POSTGRESQL_PASSWORD_HASH'"],
    ['a text made unreadable', "postgresql['sql_user_password'] = 'xxxxxx_xxxx'"],
    ['a SCRAM secret', "postgresql['sql_user_password'] = 'SCRAM-SHA-256$4096:c2FsdA==$a2V5:a2V5'"],
    ['nil', "postgresql['sql_user_password'] = nil"],
    [
      'users without MD5',
      "pgbouncer['auth_type'] = 'plain'\npgbouncer['users'] = { a: { password: 'lab' } }",
    ],
    ['one user without MD5', "pgbouncer['users'] = { a: { password: 'lab', auth_type: 'plain' } }"],
    ['an unknown auth_type', "pgbouncer['auth_type'] = X\npgbouncer['users'] = { a: { password: 'lab' } }"],
  ])('says nothing about %s', (_, line) => {
    expect(findingsOf('GLR060', NODE + line)).toEqual([]);
  });

  it('says nothing where no PostgreSQL of the package runs', () => {
    expect(
      findingsOf('GLR060', "postgresql['enable'] = false\npostgresql['sql_user_password'] = 'lab'"),
    ).toEqual([]);
  });
});

describe('GLR061: a hash where the password belongs', () => {
  it.each([
    ['the mark', `gitlab_rails['db_password'] = 'md5${HASH}'`],
    ['the other key', `gitlab_rails['db_password'] = '${HASH}'\npostgresql['sql_user_password'] = '${HASH}'`],
  ])('is told by %s', (_, lines) => {
    expect(findingsOf('GLR061', lines)).toMatchObject([
      {
        message:
          "gitlab_rails['db_password'] is a hash: it is sent as the password itself, and PostgreSQL refuses it.",
      },
    ]);
  });

  it('does not take every 32 hexadecimal digits for a hash', () => {
    expect(findingsOf('GLR061', `gitlab_rails['db_password'] = '${HASH}'`)).toEqual([]);
  });
});

describe('GLR092: password and hash do not belong together', () => {
  const hash = `postgresql['sql_user_password'] = '${HASH}'`;

  it('marks the hash', () => {
    const text = `${NODE}gitlab_rails['db_password'] = 'other'\n${hash}`;
    expect(findingsOf('GLR092', text)).toEqual([
      {
        marked: `'${HASH}'`,
        message: `This is not the hash of gitlab_rails['db_password'] for user "gitlab": the login fails.`,
        severity: 'error',
        fixed: undefined,
      },
    ]);
  });

  it.each([
    ['they do', "gitlab_rails['db_password'] = 'lab'"],
    ['the password is a placeholder', "gitlab_rails['db_password'] = '<password>'"],
    ['the password is not known', "gitlab_rails['db_password'] = secret"],
    [
      'Rails logs in as somebody else',
      "gitlab_rails['db_password'] = 'other'\ngitlab_rails['db_username'] = 'me'",
    ],
    ['PostgreSQL is elsewhere', "gitlab_rails['db_password'] = 'other'\nroles ['sidekiq_role']"],
  ])('says nothing when %s', (_, lines) => {
    expect(findingsOf('GLR092', `${NODE}${lines}\n${hash}`)).toEqual([]);
  });
});

describe('GLR093: different hashes of one user', () => {
  const stored = `postgresql['pgbouncer_user_password'] = '${HASH}'\n`;
  const other = 'cfefae414aa86e27a2d05f65e89f2ef6';

  it.each([
    ['users', `pgbouncer['users'] = { pgbouncer: { password: '${other}' } }`],
    ['databases', `pgbouncer['databases'] = { db: { user: 'pgbouncer', password: '${other}' } }`],
  ])('are found in %s', (_, line) => {
    expect(findingsOf('GLR093', stored + line)).toMatchObject([{ marked: `'${other}'` }]);
  });

  it('may differ for other users', () => {
    expect(findingsOf('GLR093', `${stored}pgbouncer['users'] = { me: { password: '${other}' } }`)).toEqual(
      [],
    );
  });
});
