import type { Span, SpanEdit } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { POOLER_TOPIC, poolerNames, poolerOff, poolerOn, poolerSpan } from './facts';
import { isLoopback } from '../support/address';
import { replaceText, textOr } from '../support/effective';
import { stringAt, textsAt, unset, written } from '../support/read';
import { isMd5 } from '../support/secret';

/** True when the entries of a hash certainly hold no password. */
function withoutPasswords(subject: GitlabRbSubject, key: 'databases' | 'users'): boolean {
  const entries = poolerNames(subject, key);
  return entries?.every((name) => unset(subject, 'pgbouncer', key, name, 'password')) === true;
}

const NO_LOGIN: GitlabRbRule = {
  id: 'GLR095',
  severity: 'warning',
  topic: POOLER_TOPIC,
  title: 'PgBouncer has no user to log in to PostgreSQL with',
  check(subject, report) {
    const span = poolerSpan(subject);
    if (!poolerOn(subject) || span === undefined) return;
    const type = textOr(subject, 'md5', 'pgbouncer', 'auth_type');
    if (type !== 'md5' && type !== 'scram-sha-256') return;
    if (!unset(subject, 'postgresql', 'component_databases')) return;
    if (!withoutPasswords(subject, 'users') || !withoutPasswords(subject, 'databases')) return;
    report({
      span,
      message:
        'No user of PgBouncer has a password: it cannot look up who may log in, so every client is refused.',
      remedy:
        "Set pgbouncer['users'] = { 'pgbouncer' => { 'password' => '…' } } with the hash of \"gitlab-ctl pg-password-md5 pgbouncer\".",
    });
  },
};

/**
 * A word in front of the others of a literal list; undefined when the list is written in another way, or empty, or when it
 * is something else as well (`a['b'] = roles %w[c]`).
 */
function firstItem({ text }: GitlabRbSubject, { start, end }: Span, word: string): SpanEdit | undefined {
  if (!/^[^=\n]*\]\s*=\s*$/.test(text.slice(text.lastIndexOf('\n', start) + 1, start))) return undefined;
  const source = text.slice(start, end);
  const open = /^(?:%w[[({<]\s*(?=\S)|\[\s*(?=['"]))/.exec(source)?.[0];
  if (open === undefined) return undefined;
  const at = start + open.length;
  return { start: at, end: at, newText: open.startsWith('[') ? `'${word}', ` : `${word} ` };
}

const NO_RELOAD: GitlabRbRule = {
  id: 'GLR096',
  severity: 'warning',
  topic: POOLER_TOPIC,
  title: "Consul's watcher may not reload PgBouncer",
  check(subject, report) {
    const watchers = textsAt(subject, 'consul', 'watchers');
    const admins = textsAt(subject, 'pgbouncer', 'admin_users');
    if (poolerOff(subject) || watchers === undefined || admins === undefined) return;
    if (!watchers.value.some(({ value }) => value === 'postgresql')) return;
    if (admins.value.some(({ value }) => value === 'pgbouncer')) return;
    const edit = firstItem(subject, admins.span, 'pgbouncer');
    report({
      span: admins.span,
      message:
        'The watcher logs in as "pgbouncer", which is no administrator here: PgBouncer keeps the old leader after a failover.',
      remedy: "Write pgbouncer['admin_users'] = %w[pgbouncer gitlab-consul].",
      ...(edit === undefined ? {} : { fix: { title: 'Add pgbouncer', edits: [edit] } }),
    });
  },
};

const OPEN_DOOR: GitlabRbRule = {
  id: 'GLR100',
  severity: 'warning',
  topic: POOLER_TOPIC,
  title: 'PgBouncer asks nobody for a password',
  check(subject, report) {
    const type = stringAt(subject, 'pgbouncer', 'auth_type');
    const address = textOr(subject, '0.0.0.0', 'pgbouncer', 'listen_addr');
    if (poolerOff(subject) || type === undefined || address === undefined) return;
    if (type.value !== 'any' && type.value !== 'trust') return;
    if (address.split(',').every((host) => isLoopback(host.trim()))) return;
    const edit = replaceText(subject, type, 'md5');
    report({
      span: type.span,
      message: `With auth_type "${type.value}" every machine that reaches ${address} works in the database without a password.`,
      remedy: "Write 'md5', which is the default, or let PgBouncer listen on 127.0.0.1 only.",
      ...(edit === undefined ? {} : { fix: { title: "Write 'md5'", edits: [edit] } }),
    });
  },
};

const MD5_FOR_SCRAM: GitlabRbRule = {
  id: 'GLR102',
  severity: 'warning',
  topic: POOLER_TOPIC,
  title: 'An MD5 hash stands where PgBouncer wants a SCRAM secret',
  check(subject, report) {
    const type = stringAt(subject, 'pgbouncer', 'auth_type');
    if (poolerOff(subject) || type?.value.toLowerCase() !== 'scram-sha-256') return;
    for (const key of ['users', 'databases'] as const) {
      for (const name of poolerNames(subject, key) ?? []) {
        const password = stringAt(subject, 'pgbouncer', key, name, 'password');
        if (password === undefined || !isMd5(password.value)) continue;
        if (!unset(subject, 'pgbouncer', key, name, 'auth_type')) continue;
        report({
          span: password.span,
          message: `GitLab marks this hash as SCRAM, because auth_type is "${type.value}": nobody can log in with it.`,
          remedy: `Write the SCRAM secret without "SCRAM-SHA-256$", or 'md5' as auth_type of ${written('pgbouncer', [key, name])}.`,
          related: { span: type.span, message: 'auth_type is set here.' },
        });
      }
    }
  },
};

const USER_ALONE: GitlabRbRule = {
  id: 'GLR103',
  severity: 'warning',
  topic: POOLER_TOPIC,
  title: 'A database of PgBouncer has a user without a password',
  check(subject, report) {
    const type = textOr(subject, 'md5', 'pgbouncer', 'auth_type');
    if (poolerOff(subject) || (type !== 'md5' && type !== 'scram-sha-256')) return;
    for (const name of poolerNames(subject, 'databases') ?? []) {
      const user = stringAt(subject, 'pgbouncer', 'databases', name, 'user');
      if (user === undefined || !unset(subject, 'pgbouncer', 'databases', name, 'password')) continue;
      if (!unset(subject, 'pgbouncer', 'databases', name, 'auth_type')) continue;
      report({
        span: user.span,
        message: `User "${user.value}" of database "${name}" has no password here, which also empties the one of ${written('pgbouncer', ['users', user.value])}.`,
        remedy: "Add password: with the user's hash to the same entry.",
      });
    }
  },
};

/** Who may log in to PgBouncer, and as whom it logs in itself. */
export const POOLER_LOGIN_RULES: readonly GitlabRbRule[] = [
  NO_LOGIN,
  NO_RELOAD,
  OPEN_DOOR,
  MD5_FOR_SCRAM,
  USER_ALONE,
];
