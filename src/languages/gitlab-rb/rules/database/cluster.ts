import type { SpanEdit } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { DATABASE_TOPIC, DEFAULTS, patroniOff, patroniOn, patroniSpan, railsOn } from './facts';
import { parameter } from './replication';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { integerOr, replaceSource, replaceText } from '../support/effective';
import { lineBelowKey } from '../support/places';
import { booleanAt, enabled, keySpan, rolesSpan, stringAt, unset } from '../support/read';

const MIGRATES: GitlabRbRule = {
  id: 'GLR079',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'Every reconfigure of a database node migrates the database',
  check(subject, report) {
    // With PgBouncer on the node the package leaves migrations out by itself.
    if (!patroniOn(subject) || enabled(subject, 'pgbouncer') !== false || railsOn(subject)) return;
    if (enabled(subject, 'puma') !== false || enabled(subject, 'sidekiq') !== false) return;
    if (
      !unset(subject, 'gitlab_rails', 'enable') &&
      booleanAt(subject, 'gitlab_rails', 'enable')?.value !== true
    )
      return;
    const own = booleanAt(subject, 'gitlab_rails', 'auto_migrate');
    if (own?.value === false || (own === undefined && !unset(subject, 'gitlab_rails', 'auto_migrate')))
      return;
    const line = "gitlab_rails['auto_migrate'] = false";
    const edit: SpanEdit | undefined =
      own === undefined ? lineBelowKey(subject, line, 'roles') : replaceSource(subject, own, 'false');
    const span = own?.span ?? patroniSpan(subject) ?? rolesSpan(subject);
    if (span === undefined) return;
    report({
      span,
      message: `gitlab_rails['auto_migrate'] is ${own === undefined ? 'not set, so it is true' : 'true'}: each database node runs GitLab's migrations while it is reconfigured.`,
      remedy: `Write ${line} on database nodes; one application node migrates.`,
      ...(edit === undefined ? {} : { fix: { title: `Write ${line}`, edits: [edit] } }),
    });
  },
};

/** Connections one PgBouncer may open to PostgreSQL, and where its size is written. */
function poolOf(subject: GitlabRbSubject): number | undefined {
  const { default_pool_size: size, reserve_pool_size: reserve } = DEFAULTS.pgbouncer;
  const pool = integerOr(subject, size, 'pgbouncer', 'default_pool_size');
  const spare = integerOr(subject, reserve, 'pgbouncer', 'reserve_pool_size');
  const databases = subject.value('pgbouncer', 'databases');
  if (databases?.kind === 'unknown' || (databases?.kind === 'hash' && databases.open !== undefined))
    return undefined;
  if (
    !unset(subject, 'pgbouncer', 'max_db_connections') ||
    !unset(subject, 'pgbouncer', 'max_user_connections')
  )
    return undefined;
  if (pool === undefined || spare === undefined) return undefined;
  const names = databases?.kind === 'hash' ? [...databases.entries.keys()] : [];
  const plain = names.filter((name) => unset(subject, 'pgbouncer', 'databases', name, 'pool_size'));
  return (pool + spare) * Math.max(1, plain.length);
}

const FEW_CONNECTIONS: GitlabRbRule = {
  id: 'GLR085',
  severity: 'warning',
  topic: DATABASE_TOPIC,
  title: 'One PgBouncer alone may open more connections than PostgreSQL has',
  check(subject, report) {
    if (!patroniOn(subject) || enabled(subject, 'pgbouncer') !== true) return;
    const connections = parameter(subject, 'max_connections');
    const pool = poolOf(subject);
    if (connections === undefined || pool === undefined || pool <= connections) return;
    const span =
      keySpan(subject, 'pgbouncer', 'default_pool_size') ??
      keySpan(subject, 'patroni', 'postgresql', 'max_connections') ??
      keySpan(subject, 'postgresql', 'max_connections') ??
      keySpan(subject, 'pgbouncer', 'databases');
    if (span === undefined) return;
    report({
      span,
      message: `PgBouncer of this node may open ${pool} connections, PostgreSQL takes ${connections}: "too many clients" under load.`,
      remedy: 'Keep (default_pool_size + reserve_pool_size) × databases × PgBouncers below max_connections.',
    });
  },
};

const DEFAULT_SCOPE = 'postgresql-ha';
const TEMPLATE_SCOPE = 'gitlab-postgresql-ha';

const SCOPE: GitlabRbRule = {
  id: 'GLR090',
  severity: 'information',
  topic: DATABASE_TOPIC,
  title: "The cluster's name is not the one others look for",
  check(subject, report) {
    if (patroniOff(subject)) return;
    const scope = stringAt(subject, 'patroni', 'scope');
    const discover = ['db_load_balancing', 'discover', 'record'];
    const record = stringAt(subject, 'gitlab_rails', ...discover);
    const name = scope?.value ?? (unset(subject, 'patroni', 'scope') ? DEFAULT_SCOPE : undefined);
    const looked =
      record === undefined ? undefined : /(?:^|\.)([^.]+)\.service\.consul\.?$/.exec(record.value)?.[1];
    if (record !== undefined && looked?.endsWith('-ha') === true && name !== undefined && looked !== name) {
      const edit = replaceText(subject, record, record.value.replace(`${looked}.service`, `${name}.service`));
      report({
        span: record.span,
        message: `Consul announces the cluster as "${name}"; nobody announces "${looked}".`,
        remedy: `Write ${name}.service.consul, or set patroni['scope'] to "${looked}" on all nodes.`,
        ...(edit === undefined ? {} : { fix: { title: `Write ${name}.service.consul`, edits: [edit] } }),
      });
    }
    if (scope?.value !== TEMPLATE_SCOPE) return;
    report({
      span: scope.span,
      message: `"${TEMPLATE_SCOPE}" is only the sample of the package; left out, the name is "${DEFAULT_SCOPE}".`,
      remedy: `All nodes need the same name, and so do Consul's key, its service and its DNS record.`,
    });
  },
};

/** The database cluster as a whole. */
export const DATABASE_CLUSTER_RULES: readonly GitlabRbRule[] = [MIGRATES, FEW_CONNECTIONS, SCOPE];
