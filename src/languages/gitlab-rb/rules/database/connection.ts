import type { Span, SpanEdit } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { DATABASE_TOPIC, DEFAULTS, isLocal, patroniOn, patroniSpan, railsOn } from './facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { isLoopback } from '../support/address';
import { integerOr, replaceSource } from '../support/effective';
import { lineBelowKey } from '../support/places';
import { booleanAt, digitsAt, enabled, keySpan, stringAt, textsAt, unset, type Found } from '../support/read';
import { isTemplated } from '../support/template';

/** Where the package's Rails connects to; undefined when the file does not say so for sure. */
function databaseHost(subject: GitlabRbSubject): Found<string> | undefined {
  if (!unset(subject, 'gitlab_rails', 'databases', 'main', 'db_host')) return undefined;
  const host = stringAt(subject, 'gitlab_rails', 'db_host');
  return host === undefined || isTemplated(host.value) ? undefined : host;
}

/** The port Rails connects to, which follows PostgreSQL's own when it is not written. */
function databasePort(subject: GitlabRbSubject): number | undefined {
  const own = integerOr(subject, DEFAULTS.postgresql.port, 'postgresql', 'port');
  return own === undefined ? undefined : integerOr(subject, own, 'gitlab_rails', 'db_port');
}

function poolerPort(subject: GitlabRbSubject): number | undefined {
  return integerOr(subject, DEFAULTS.pgbouncer.listen_port, 'pgbouncer', 'listen_port');
}

/** Other ways to log in, and PostgreSQL that asks nobody: no password is needed then. */
const WITHOUT_PASSWORD: readonly (readonly [root: string, ...path: string[]])[] = [
  ['gitlab_rails', 'db_password'],
  ['gitlab_rails', 'databases', 'main', 'db_password'],
  ['gitlab_rails', 'databases', 'main', 'db_host'],
  ['gitlab_rails', 'db_extra_config_command'],
  ['gitlab_rails', 'db_sslcert'],
  ['gitlab_rails', 'env', 'PGPASSWORD'],
  ['gitlab_rails', 'env', 'PGPASSFILE'],
  ['postgresql', 'trust_auth_cidr_addresses'],
];

const NO_PASSWORD: GitlabRbRule = {
  id: 'GLR062',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Rails has no password for a database on another machine',
  check(subject, report) {
    const host = databaseHost(subject);
    const span = keySpan(subject, 'gitlab_rails', 'db_host');
    if (host === undefined || span === undefined || !railsOn(subject)) return;
    if (host.value.startsWith('/') || host.value === '' || isLoopback(host.value)) return;
    if (!WITHOUT_PASSWORD.every(([root, ...path]) => unset(subject, root, ...path))) return;
    report({
      span,
      message: `Rails connects to ${host.value} without a password: gitlab_rails['db_password'] is not set.`,
      remedy: "Set gitlab_rails['db_password'] to the password itself, not to its hash.",
    });
  },
};

const OWN_DATABASE: GitlabRbRule = {
  id: 'GLR063',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: "Rails takes this node's own PostgreSQL, whoever leads",
  check(subject, report) {
    if (!patroniOn(subject) || !railsOn(subject)) return;
    if (!unset(subject, 'gitlab_rails', 'db_host')) return;
    if (!unset(subject, 'gitlab_rails', 'databases', 'main', 'db_host')) return;
    const listening = stringAt(subject, 'postgresql', 'listen_address');
    const span = keySpan(subject, 'postgresql', 'listen_address') ?? patroniSpan(subject);
    if (span === undefined) return;
    const where = listening === undefined ? 'the local socket' : `"${listening.value}"`;
    report({
      span,
      message: `gitlab_rails['db_host'] is not set, so Rails takes ${where}: this node's PostgreSQL, which is read-only while another node leads.`,
      remedy:
        "Set gitlab_rails['db_host'] and ['db_port'] to PgBouncer or to the load balancer that finds the leader.",
    });
  },
};

const PAST_POOLER: GitlabRbRule = {
  id: 'GLR064',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: "Rails goes past PgBouncer to this node's own PostgreSQL",
  check(subject, report) {
    if (!patroniOn(subject) || !railsOn(subject) || enabled(subject, 'pgbouncer') !== true) return;
    const host = databaseHost(subject);
    if (host === undefined || !isLocal(subject, host.value)) return;
    const port = databasePort(subject);
    const pooler = poolerPort(subject);
    if (port === undefined || pooler === undefined || port === pooler) return;
    if (port !== integerOr(subject, DEFAULTS.postgresql.port, 'postgresql', 'port')) return;
    const own = digitsAt(subject, 'gitlab_rails', 'db_port');
    const edit: SpanEdit | undefined =
      own === undefined
        ? lineBelowKey(subject, `gitlab_rails['db_port'] = ${pooler}`, 'gitlab_rails', 'db_host')
        : replaceSource(subject, own, String(pooler));
    report({
      span: own?.span ?? host.span,
      message: `Port ${port} of ${host.value} is this node's PostgreSQL, read-only while another node leads; PgBouncer listens on ${pooler}.`,
      remedy: `Set gitlab_rails['db_port'] to ${pooler}.`,
      ...(edit === undefined
        ? {}
        : { fix: { title: `Set gitlab_rails['db_port'] to ${pooler}`, edits: [edit] } }),
    });
  },
};

/** True unless PgBouncer of this file keeps a client on one connection, or prepares statements itself. */
function poolsTransactions(subject: GitlabRbSubject): boolean {
  if (!unset(subject, 'pgbouncer', 'pool_mode')) {
    const mode = stringAt(subject, 'pgbouncer', 'pool_mode')?.value;
    if (mode !== 'transaction' && mode !== 'statement') return false;
  }
  const prepared = DEFAULTS.pgbouncer.max_prepared_statements;
  return integerOr(subject, prepared, 'pgbouncer', 'max_prepared_statements') === 0;
}

const PREPARED: GitlabRbRule = {
  id: 'GLR065',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Prepared statements do not survive transaction pooling',
  check(subject, report) {
    const prepared = booleanAt(subject, 'gitlab_rails', 'db_prepared_statements');
    const port = databasePort(subject);
    if (prepared?.value !== true || port === undefined) return;
    if (port !== poolerPort(subject) || !poolsTransactions(subject)) return;
    const edit = replaceSource(subject, prepared, 'false');
    report({
      span: prepared.span,
      message: `Rails connects to PgBouncer (port ${port}), which gives each transaction another connection: prepared statements are missing there.`,
      remedy: "Set it to false, which is the default, or set pgbouncer['max_prepared_statements'] above 0.",
      ...(edit === undefined ? {} : { fix: { title: 'Turn prepared statements off', edits: [edit] } }),
    });
  },
};

/** Hosts of PgBouncer's databases that are this machine itself. */
function localDatabases(subject: GitlabRbSubject): readonly Span[] {
  const databases = subject.value('pgbouncer', 'databases');
  if (databases?.kind !== 'hash' || databases.open !== undefined) return [];
  const spans: Span[] = [];
  for (const name of databases.entries.keys()) {
    const host = stringAt(subject, 'pgbouncer', 'databases', name, 'host');
    if (host === undefined || !isLoopback(host.value)) return [];
    spans.push(host.span);
  }
  return spans;
}

/** True when the file certainly does not let Consul tell PgBouncer who leads. */
export function watchesNothing(subject: GitlabRbSubject): boolean {
  if (unset(subject, 'consul', 'watchers')) return true;
  const watchers = textsAt(subject, 'consul', 'watchers');
  return watchers !== undefined && watchers.value.every(({ value }) => value !== 'postgresql');
}

const LOCAL_CHAIN: GitlabRbRule = {
  id: 'GLR066',
  severity: 'information',
  topic: DATABASE_TOPIC,
  title: 'Rails, PgBouncer and PostgreSQL of one node never follow the leader',
  check(subject, report) {
    if (!patroniOn(subject) || !railsOn(subject) || enabled(subject, 'pgbouncer') !== true) return;
    const host = databaseHost(subject);
    if (host === undefined || !isLoopback(host.value) || databasePort(subject) !== poolerPort(subject))
      return;
    const [local] = localDatabases(subject);
    if (local === undefined || !watchesNothing(subject)) return;
    report({
      span: host.span,
      message: `Rails goes to PgBouncer on ${host.value}, which goes to PostgreSQL on this node: writes fail while another node leads.`,
      remedy:
        "Let PgBouncer follow the leader with consul['watchers'] = %w[postgresql], or set db_host to a load balancer that asks Patroni.",
      related: { span: local, message: 'PgBouncer stays on this node.' },
    });
  },
};

/** How Rails reaches its database. */
export const DATABASE_CONNECTION_RULES: readonly GitlabRbRule[] = [
  NO_PASSWORD,
  OWN_DATABASE,
  PAST_POOLER,
  PREPARED,
  LOCAL_CHAIN,
];
