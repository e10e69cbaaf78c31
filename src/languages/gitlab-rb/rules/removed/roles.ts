import { closestWord } from '../../../../finding/did-you-mean';
import type { Problem, Span } from '../../../core/rules/rule';
import { ROLES } from '../../schema/roots';
import { servicesOfRole } from '../../schema/roles';
import type { GitlabRbSubject } from '../../subject';
import { isSince } from '../../schema/version';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { clustered, enabled, isTemplate, rolesSpan } from '../support/read';
import { REMOVED_TOPIC } from '../support/topics';

/** Roles of former versions: when they went, and what to write. */
const FORMER_ROLES: Readonly<Record<string, { readonly goneSince: string; readonly instead?: string }>> = {
  redis_slave_role: { goneSince: '14.0', instead: 'redis_replica_role' },
  spamcheck_role: { goneSince: '19.0' },
};

/** Roles that are younger than the oldest version anybody runs. */
const NEW_ROLES: Readonly<Record<string, string>> = { gitaly_role: '17.6', backup_role: '18.11' };

/** Roles people look for, and what does it instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  praefect_role: "Leave it out and write praefect['enable'] = true.",
  sentinel_role: 'Write redis_sentinel_role.',
  haproxy_role: 'Leave it out: HAProxy is not in the package.',
};

interface NamedRole {
  readonly name: string;
  readonly written: string;
  readonly span: Span;
}

export const INVALID_ROLE: GitlabRbRule = {
  id: 'GLR036',
  severity: 'error',
  topic: REMOVED_TOPIC,
  title: 'A role GitLab does not know',
  check(subject, report) {
    const named = namedRoles(subject);
    for (const role of named) {
      const problem = invalid(subject, role);
      if (problem !== undefined) report(problem);
    }
    for (const problem of symbols(subject)) report(problem);
    const replica = named.find(({ name }) => name === 'redis_replica_role');
    if (replica === undefined || subject.roles?.has('redis_master_role') !== true) return;
    report({
      span: replica.span,
      message: 'A machine cannot be Redis master and replica at once: gitlab-ctl reconfigure stops here.',
      remedy: 'Keep redis_master_role on the first master only, and redis_replica_role on the others.',
    });
  },
};

function invalid({ version }: GitlabRbSubject, { name, written, span }: NamedRole): Problem | undefined {
  const since = NEW_ROLES[name];
  if (since !== undefined && !isSince(version, since)) {
    const message = `${name} came with GitLab ${since}; ${version.major}.${version.minor} stops gitlab-ctl reconfigure here.`;
    return { span, message, remedy: `Leave it out until the machines run ${since}.` };
  }
  if (ROLES.has(name) || name in FORMER_ROLES) return undefined;
  const message = `GitLab knows no role "${written}": gitlab-ctl reconfigure stops here.`;
  const instead = INSTEAD[name];
  if (instead !== undefined) return { span, message, remedy: instead };
  const several = written.trim().split(/[\s,]+/);
  if (several.length > 1 && several.every((one) => ROLES.has(one.replaceAll('-', '_')))) {
    const newText = `%w[${several.join(' ')}]`;
    return {
      span,
      message: `"${written}" is one text with several roles.`,
      remedy: `Write roles ${newText}.`,
    };
  }
  const right = ROLES.has(`${name}_role`) ? `${name}_role` : closestWord(name, [...ROLES]);
  if (right === undefined) return { span, message, remedy: `Roles are ${[...ROLES].join(', ')}.` };
  return { span, message, remedy: `Did you mean "${right}"?`, ...renamed(span, written, right) };
}

function renamed({ start, end }: Span, written: string, right: string): Pick<Problem, 'fix'> {
  const quotes = end - start === written.length + 2 ? 1 : 0;
  if (end - start !== written.length + 2 * quotes) return {};
  const edit = { start: start + quotes, end: end - quotes, newText: right };
  return { fix: { title: `Write ${right}`, edits: [edit] } };
}

export const FORMER_ROLE: GitlabRbRule = {
  id: 'GLR038',
  severity: 'error',
  topic: REMOVED_TOPIC,
  title: 'A role of former versions',
  check(subject, report) {
    for (const { name, written, span } of namedRoles(subject)) {
      const former = Object.hasOwn(FORMER_ROLES, name) ? FORMER_ROLES[name] : undefined;
      if (former === undefined || !isSince(subject.version, former.goneSince)) continue;
      report({
        span,
        message: `The role ${name} was removed in GitLab ${former.goneSince}: gitlab-ctl reconfigure stops here.`,
        remedy: former.instead === undefined ? 'Leave it out.' : `Write ${former.instead}.`,
        ...(former.instead === undefined ? {} : renamed(span, written, former.instead)),
      });
    }
  },
};

/** Roles that are written as symbols, which the package takes for texts and stumbles over. */
function symbols(subject: GitlabRbSubject): Problem[] {
  const value = subject.config.tree.get('roles');
  const items = value?.kind === 'array' ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => {
    if (item.kind !== 'symbol') return [];
    const span = subject.span(item.range);
    const plain = subject.text.slice(span.start, span.end) === `:${item.value}`;
    const newText = `'${item.value}'`;
    return [
      {
        span,
        message: `A role is a text, and ${item.value} is a symbol here: gitlab-ctl reconfigure stops.`,
        remedy: `Write ${newText}.`,
        ...(plain ? { fix: { title: `Write ${newText}`, edits: [{ ...span, newText }] } } : {}),
      },
    ];
  });
}

/** The texts of `roles [...]`. */
function namedRoles(subject: GitlabRbSubject): NamedRole[] {
  const value = subject.config.tree.get('roles');
  if (value === undefined) return [];
  const items = value.kind === 'array' ? value.items : [value];
  return items.flatMap((item) => {
    if (item.kind !== 'string' || isTemplate(item.value) || item.value.endsWith(',')) return [];
    return [{ name: item.value.replaceAll('-', '_'), written: item.value, span: subject.span(item.range) }];
  });
}

/** Services that certain settings are for, and that some role must turn on. */
const NEEDED: readonly { readonly root: string; readonly role: string }[] = [
  { root: 'patroni', role: 'patroni_role' },
  { root: 'pgbouncer', role: 'pgbouncer_role' },
  { root: 'sentinel', role: 'redis_sentinel_role' },
  { root: 'puma', role: 'application_role' },
  { root: 'praefect', role: '' },
];

export const SERVICE_OFF: GitlabRbRule = {
  id: 'GLR037',
  severity: 'warning',
  topic: REMOVED_TOPIC,
  title: 'Settings for a service that no role turns on',
  check(subject, report) {
    const span = rolesSpan(subject);
    const { roles } = subject;
    if (span === undefined || roles === undefined || !clustered(subject)) return;
    if (![...roles].some((role) => servicesOfRole(role).length > 0)) return;
    for (const { root, role } of NEEDED) {
      const settings = subject.value(root);
      if (settings?.kind !== 'hash' || settings.open !== undefined || settings.entries.size === 0) continue;
      // Who writes `enable` has decided.
      if (settings.entries.has('enable') || enabled(subject, root) !== false) continue;
      const first = subject.config.assignments.find((one) => one.root === root);
      if (first === undefined) continue;
      report({
        span: subject.span(first.targetRange),
        message: `${root} is set, but none of the roles of this machine turns it on, so it does not run.`,
        remedy:
          role === ''
            ? `There is no role for it: write ${root}['enable'] = true.`
            : `Add ${role} to the roles, or write ${root}['enable'] = true.`,
        related: { span, message: 'The roles of this machine' },
      });
    }
  },
};
