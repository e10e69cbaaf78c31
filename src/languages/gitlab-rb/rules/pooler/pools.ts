import { suggestion } from '../../../../finding/did-you-mean';
import type { GitlabRbSubject } from '../../subject';
import { watchesNothing } from '../database/connection';
import { DEFAULTS, isLocal, railsOn } from '../database/facts';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { POOLER_TOPIC, poolerNames, poolerOff, poolerOn, poolerSpan } from './facts';
import { integerOr, replaceText, textOr } from '../support/effective';
import { digitsAt, enabled, itemsAt, keySpan, stringAt, textsAt, unset, type Found } from '../support/read';
import { isTemplated } from '../support/template';

const NO_LEADER: GitlabRbRule = {
  id: 'GLR097',
  severity: 'warning',
  topic: POOLER_TOPIC,
  title: 'PgBouncer does not know where PostgreSQL is',
  check(subject, report) {
    const databases = poolerNames(subject, 'databases');
    if (!poolerOn(subject) || databases === undefined || !watchesNothing(subject)) return;
    if (!databases.every((name) => unset(subject, 'pgbouncer', 'databases', name, 'host'))) return;
    // A watcher of another name is GLR124's.
    if ((textsAt(subject, 'consul', 'watchers')?.value.length ?? 0) > 0) return;
    const span =
      keySpan(subject, 'consul', 'watchers') ??
      keySpan(subject, 'pgbouncer', 'databases') ??
      poolerSpan(subject);
    if (span === undefined) return;
    report({
      span,
      message:
        "Nothing tells PgBouncer who leads: consul['watchers'] has no postgresql, and no entry of pgbouncer['databases'] a host.",
      remedy: "Set consul['watchers'] = %w[postgresql], or a host that always leads to the leader.",
    });
  },
};

const MODES: readonly string[] = ['transaction', 'session', 'statement'];

/** Every `pool_mode` of the file: the common one, and those of single databases. */
function modes(subject: GitlabRbSubject): { readonly mode: Found<string>; readonly database?: string }[] {
  const found: { mode: Found<string>; database?: string }[] = [];
  const common = stringAt(subject, 'pgbouncer', 'pool_mode');
  if (common !== undefined) found.push({ mode: common });
  for (const name of poolerNames(subject, 'databases') ?? []) {
    const mode = stringAt(subject, 'pgbouncer', 'databases', name, 'pool_mode');
    if (mode !== undefined) found.push({ mode, database: name });
  }
  return found.filter(({ mode }) => !isTemplated(mode.value));
}

/** True when nothing but Praefect, which needs sessions, uses this PgBouncer. */
function onlyPraefect(subject: GitlabRbSubject): boolean {
  const databases = poolerNames(subject, 'databases');
  if (databases === undefined) return true;
  return databases.length > 0 && databases.every((name) => name.includes('praefect'));
}

const POOL_MODE: GitlabRbRule = {
  id: 'GLR098',
  severity: 'error',
  topic: POOLER_TOPIC,
  title: 'GitLab does not work with this way of sharing connections',
  check(subject, report) {
    if (poolerOff(subject)) return;
    for (const { mode, database } of modes(subject)) {
      const edit = replaceText(subject, mode, 'transaction');
      const fix = edit === undefined ? {} : { fix: { title: "Write 'transaction'", edits: [edit] } };
      if (!MODES.includes(mode.value)) {
        report({
          span: mode.span,
          message: `PgBouncer knows no pool_mode "${mode.value}" and does not start.`,
          remedy: suggestion(mode.value, MODES),
          ...fix,
        });
      } else if (mode.value === 'statement') {
        report({
          span: mode.span,
          message:
            'With "statement" PgBouncer refuses transactions of more than one statement, and GitLab needs them.',
          remedy: "Write 'transaction', which is the default.",
          ...fix,
        });
      } else if (mode.value === 'session' && database === undefined && !onlyPraefect(subject)) {
        report({
          span: mode.span,
          message:
            'With "session" each connection of Rails keeps one of PostgreSQL: the pool is used up by idle ones.',
          remedy: "Write 'transaction', and 'session' for Praefect's database only.",
          severity: 'warning',
          ...fix,
        });
      }
    }
  },
};

/** Threads of this node's own Puma, each of which takes a connection; undefined when their number is not sure. */
function pumaThreads(subject: GitlabRbSubject): number | undefined {
  const on = enabled(subject, 'puma');
  if (on !== true) return on === false ? 0 : undefined;
  // Left out, the number of workers follows from the machine.
  const workers = digitsAt(subject, 'puma', 'worker_processes')?.value;
  const threads = integerOr(subject, DEFAULTS.puma.max_threads, 'puma', 'max_threads');
  return workers === undefined || threads === undefined ? undefined : Math.max(1, workers) * threads;
}

/** Threads of this node's own Sidekiq; undefined when their number is not sure. */
function sidekiqThreads(subject: GitlabRbSubject): number | undefined {
  const on = enabled(subject, 'sidekiq');
  if (on !== true) return on === false ? 0 : undefined;
  const concurrency = integerOr(subject, DEFAULTS.sidekiq.concurrency, 'sidekiq', 'concurrency');
  const groups = unset(subject, 'sidekiq', 'queue_groups')
    ? 1
    : itemsAt(subject, 'sidekiq', 'queue_groups')?.value.length;
  return concurrency === undefined || groups === undefined ? undefined : groups * concurrency;
}

const FEW_CLIENTS: GitlabRbRule = {
  id: 'GLR099',
  severity: 'warning',
  topic: POOLER_TOPIC,
  title: "PgBouncer takes fewer clients than this node's Rails has",
  check(subject, report) {
    const limit = digitsAt(subject, 'pgbouncer', 'max_client_conn');
    const puma = pumaThreads(subject);
    const sidekiq = sidekiqThreads(subject);
    if (!poolerOn(subject) || limit === undefined || puma === undefined || sidekiq === undefined) return;
    const demand = puma + sidekiq;
    if (demand <= limit.value) return;
    report({
      span: limit.span,
      message: `Puma and Sidekiq of this node alone open up to ${demand} connections, PgBouncer takes ${limit.value}.`,
      remedy: 'Count the connections of all nodes that may come to this PgBouncer; 2048 is the default.',
    });
  },
};

/** The first names of a list, as a message quotes them. */
function some(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `"${name}"`);
  return names.length > quoted.length ? `${quoted.join(', ')} and others` : quoted.join(', ');
}

const OTHER_DATABASE: GitlabRbRule = {
  id: 'GLR105',
  severity: 'warning',
  topic: POOLER_TOPIC,
  title: 'PgBouncer does not have the database Rails asks for',
  check(subject, report) {
    const databases = poolerNames(subject, 'databases');
    if (!poolerOn(subject) || !railsOn(subject) || databases === undefined || databases.length === 0) return;
    const host = stringAt(subject, 'gitlab_rails', 'db_host');
    const port = integerOr(subject, DEFAULTS.postgresql.port, 'gitlab_rails', 'db_port');
    const pooler = integerOr(subject, DEFAULTS.pgbouncer.listen_port, 'pgbouncer', 'listen_port');
    if (host === undefined || !isLocal(subject, host.value) || port === undefined || port !== pooler) return;
    const wanted = textOr(subject, 'gitlabhq_production', 'gitlab_rails', 'db_database');
    if (wanted === undefined || databases.some((name) => name === wanted || name === '*')) return;
    const span = keySpan(subject, 'pgbouncer', 'databases', databases[0] ?? '');
    if (span === undefined) return;
    report({
      span,
      message: `Rails asks for "${wanted}"; PgBouncer has ${some(databases)}: "no such database".`,
      remedy: `Name the entry ${wanted}, or set gitlab_rails['db_database'].`,
    });
  },
};

/** How PgBouncer shares connections, and where it gets them. */
export const POOLER_SIZE_RULES: readonly GitlabRbRule[] = [NO_LEADER, POOL_MODE, FEW_CLIENTS, OTHER_DATABASE];
