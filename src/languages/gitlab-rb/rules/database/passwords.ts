import { createHash } from 'node:crypto';
import type { GitlabRbSubject } from '../../subject';
import { DATABASE_TOPIC, patroniOff, postgresqlOff } from './facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { replaceText, textOr } from '../support/effective';
import { knownAt, stringAt, unset, written, type Found } from '../support/read';
import { isMd5, isPlaceholder } from '../support/secret';

/** A key that holds a hash, with the database user it is for; undefined when the user is not sure. */
interface HashKey {
  readonly root: string;
  readonly path: readonly string[];
  readonly user: string | undefined;
}

/** Keys GitLab's package puts "md5" in front of, unread, and hands to PostgreSQL or PgBouncer. */
function hashKeys(subject: GitlabRbSubject): HashKey[] {
  const keys: HashKey[] = [];
  if (!postgresqlOff(subject)) {
    const user = textOr(subject, 'gitlab', 'postgresql', 'sql_user');
    const replicator = textOr(subject, 'gitlab_replicator', 'postgresql', 'sql_replication_user');
    const pooler = textOr(subject, 'pgbouncer', 'postgresql', 'pgbouncer_user');
    keys.push({ root: 'postgresql', path: ['sql_user_password'], user });
    keys.push({ root: 'postgresql', path: ['sql_replication_password'], user: replicator });
    keys.push({ root: 'postgresql', path: ['pgbouncer_user_password'], user: pooler });
  }
  return [...keys, ...poolerHashKeys(subject)];
}

/** The passwords PgBouncer writes with the mark of MD5 in front. */
function poolerHashKeys(subject: GitlabRbSubject): HashKey[] {
  const type = textOr(subject, 'md5', 'pgbouncer', 'auth_type')?.toLowerCase();
  const keys: HashKey[] = [];
  for (const list of ['users', 'databases'] as const) {
    const entries = subject.value('pgbouncer', list);
    if (entries?.kind !== 'hash') continue;
    for (const name of entries.entries.keys()) {
      const own = textOr(subject, type ?? '', 'pgbouncer', list, name, 'auth_type')?.toLowerCase();
      if (own !== 'md5') continue;
      const user = list === 'users' ? name : stringAt(subject, 'pgbouncer', list, name, 'user')?.value;
      keys.push({ root: 'pgbouncer', path: [list, name, 'password'], user });
    }
  }
  return keys;
}

/** MD5 of password and user, as PostgreSQL counts it; undefined where the machine forbids MD5. */
function md5(password: string, user: string): string | undefined {
  try {
    return createHash('md5').update(`${password}${user}`).digest('hex');
  } catch {
    return undefined;
  }
}

/** True when somebody may log in to PostgreSQL without a password: a wrong one then goes unnoticed. */
function trusts(subject: GitlabRbSubject): boolean {
  if (unset(subject, 'postgresql', 'trust_auth_cidr_addresses')) return false;
  const list = knownAt(subject, 'postgresql', 'trust_auth_cidr_addresses')?.value;
  return !(list?.kind === 'array' && list.items.length === 0);
}

/** The hash that was meant: a lost mark or capital letters are mended, a plain password is hashed. */
function meant(text: string, user: string | undefined): string | undefined {
  const bare = /^(?:md5)?([0-9a-f]{32})$/i.exec(text)?.[1];
  if (bare !== undefined) return bare.toLowerCase();
  return user === undefined ? undefined : md5(text, user);
}

const PLAIN_FOR_HASH: GitlabRbRule = {
  id: 'GLR060',
  severity: 'error',
  topic: DATABASE_TOPIC,
  title: 'A password stands where its MD5 hash belongs',
  check(subject, report) {
    for (const { root, path, user } of hashKeys(subject)) {
      const found = stringAt(subject, root, ...path);
      if (found === undefined || isMd5(found.value) || isPlaceholder(found.value)) continue;
      if (found.value.startsWith('SCRAM-SHA-256$') || /^\d+:[^$]*\$[^:]*:/.test(found.value)) continue;
      const marked = /^md5[0-9a-f]{32}$/i.test(found.value);
      const what = marked ? 'begins with "md5", which GitLab adds itself' : 'is no MD5 hash';
      const hash = meant(found.value, user);
      const edit = hash === undefined ? undefined : replaceText(subject, found, hash);
      const title = marked ? 'Remove "md5"' : `Write the MD5 hash for user ${user ?? ''}`;
      report({
        span: found.span,
        message: `${written(root, path)} ${what}: nobody can log in as ${user ?? 'this user'} with the password that is meant.`,
        remedy: `Write the 32 characters that "gitlab-ctl pg-password-md5 ${user ?? 'USER'}" prints.`,
        ...(patroniOff(subject) || trusts(subject) ? { severity: 'warning' as const } : {}),
        ...(edit === undefined ? {} : { fix: { title, edits: [edit] } }),
      });
    }
  },
};

/** A key that holds a password as it is, and the key that holds its hash. */
interface Pair {
  readonly plain: { readonly root: string; readonly path: readonly string[] };
  readonly hash: { readonly root: string; readonly path: readonly string[] };
  readonly user: string | undefined;
}

function pairs(subject: GitlabRbSubject): Pair[] {
  const user = textOr(subject, 'gitlab', 'postgresql', 'sql_user');
  const login = textOr(subject, user ?? '', 'gitlab_rails', 'db_username');
  return [
    {
      plain: { root: 'gitlab_rails', path: ['db_password'] },
      hash: { root: 'postgresql', path: ['sql_user_password'] },
      user: login === user ? user : undefined,
    },
    {
      plain: { root: 'patroni', path: ['replication_password'] },
      hash: { root: 'postgresql', path: ['sql_replication_password'] },
      user: textOr(subject, 'gitlab_replicator', 'postgresql', 'sql_replication_user'),
    },
  ];
}

/** True when the text is certainly a hash, not the password: it has the mark, or is the hash of the other key. */
function isHashOf(plain: Found<string>, hash: Found<string> | undefined): boolean {
  return /^md5[0-9a-f]{32}$/.test(plain.value) || (isMd5(plain.value) && plain.value === hash?.value);
}

const HASH_FOR_PLAIN: GitlabRbRule = {
  id: 'GLR061',
  severity: 'error',
  topic: DATABASE_TOPIC,
  title: 'A hash stands where the password itself belongs',
  check(subject, report) {
    for (const { plain, hash } of pairs(subject)) {
      const password = stringAt(subject, plain.root, ...plain.path);
      const other = stringAt(subject, hash.root, ...hash.path);
      if (password === undefined || !isHashOf(password, other)) continue;
      const name = written(plain.root, plain.path);
      report({
        span: password.span,
        message: `${name} is a hash: it is sent as the password itself, and PostgreSQL refuses it.`,
        remedy: `Write the password here; its hash belongs into ${written(hash.root, hash.path)}.`,
      });
    }
  },
};

const OTHER_PASSWORD: GitlabRbRule = {
  id: 'GLR092',
  severity: 'error',
  topic: DATABASE_TOPIC,
  title: 'Password and hash do not belong together',
  check(subject, report) {
    if (postgresqlOff(subject)) return;
    for (const { plain, hash, user } of pairs(subject)) {
      const password = stringAt(subject, plain.root, ...plain.path);
      const stored = stringAt(subject, hash.root, ...hash.path);
      if (password === undefined || stored === undefined || user === undefined) continue;
      if (!isMd5(stored.value) || isPlaceholder(password.value) || isHashOf(password, stored)) continue;
      const expected = md5(password.value, user);
      if (expected === undefined || expected === stored.value) continue;
      report({
        span: stored.span,
        message: `This is not the hash of ${written(plain.root, plain.path)} for user "${user}": the login fails.`,
        remedy: `Run "gitlab-ctl pg-password-md5 ${user}" with that password and write what it prints.`,
        related: { span: password.span, message: 'The password is here.' },
        ...(trusts(subject) ? { severity: 'warning' as const } : {}),
      });
    }
  },
};

const OTHER_HASH: GitlabRbRule = {
  id: 'GLR093',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'PgBouncer and PostgreSQL hold different hashes of one user',
  check(subject, report) {
    const user = textOr(subject, 'pgbouncer', 'postgresql', 'pgbouncer_user');
    const stored = stringAt(subject, 'postgresql', 'pgbouncer_user_password');
    if (user === undefined || stored === undefined || !isMd5(stored.value)) return;
    for (const key of poolerHashKeys(subject)) {
      const found = stringAt(subject, key.root, ...key.path);
      if (key.user !== user || found === undefined || !isMd5(found.value)) continue;
      if (found.value === stored.value) continue;
      report({
        span: found.span,
        message: `User "${user}" has another hash in ${written('postgresql', ['pgbouncer_user_password'])}: PgBouncer cannot log in to PostgreSQL.`,
        remedy: 'Write the same hash in both places.',
        related: { span: stored.span, message: 'PostgreSQL gets this hash.' },
      });
    }
  },
};

/** Passwords of database users and their hashes. */
export const DATABASE_PASSWORD_RULES: readonly GitlabRbRule[] = [
  PLAIN_FOR_HASH,
  HASH_FOR_PLAIN,
  OTHER_PASSWORD,
  OTHER_HASH,
];
