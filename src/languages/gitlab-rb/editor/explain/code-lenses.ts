import type { CodeLens } from 'vscode-languageserver-types';
import type { Range } from '../../../../finding/finding';
import { servedByRoles } from '../../schema/roles';
import { GITLAB_SCHEMA } from '../../schema';
import type { GitlabRbSubject } from '../../subject';

/** Above the timings that decide how long a failover takes: how long it takes with these. */
export function codeLenses(subject: GitlabRbSubject): CodeLens[] {
  return [patroni(subject), sentinel(subject)].flatMap((lens) => (lens === undefined ? [] : [lens]));
}

/** Patroni: the leader key lasts ttl, and the members look every loop_wait. */
function patroni(subject: GitlabRbSubject): CodeLens | undefined {
  const ttl = number(subject, 'patroni', 'ttl');
  const loop = number(subject, 'patroni', 'loop_wait');
  const range = anchor(subject, 'patroni', ['ttl', 'loop_wait', 'retry_timeout']);
  if (ttl === undefined || loop === undefined || range === undefined || loop > ttl) return undefined;
  return lens(
    range,
    `A dead leader is replaced after about ${ttl - loop}–${ttl + loop} s (ttl ${ttl} ± loop_wait ${loop}); a crashed PostgreSQL may be restarted for ${number(subject, 'patroni', 'master_start_timeout') ?? '?'} s first`,
  );
}

/** Sentinel: the master counts as dead after down_after, then they vote and promote within seconds. */
function sentinel(subject: GitlabRbSubject): CodeLens | undefined {
  const down = number(subject, 'sentinel', 'down_after_milliseconds');
  const timeout = number(subject, 'sentinel', 'failover_timeout');
  const range = anchor(subject, 'sentinel', ['down_after_milliseconds', 'failover_timeout']);
  if (down === undefined || timeout === undefined || range === undefined) return undefined;
  const from = Math.round(down / 1000);
  const again = Math.round((2 * timeout) / 1000);
  return lens(
    range,
    `A dead Redis master is replaced after about ${from + 1}–${from + 5} s; a failed attempt is repeated after ${again} s`,
  );
}

function lens(range: Range, title: string): CodeLens {
  return { range, command: { title, command: '' } };
}

/** What holds: the value of the file, or the package's default; undefined when it cannot be known. */
function number(subject: GitlabRbSubject, root: string, key: string): number | undefined {
  const value = subject.value(root, key);
  if (value === undefined || value.kind === 'nil' || (value.kind === 'hash' && value.fromReading === true)) {
    const held = Number(GITLAB_SCHEMA.key(root, [key])?.default);
    return Number.isFinite(held) ? held : undefined;
  }
  if (value.kind === 'integer') return value.value;
  return value.kind === 'string' && /^\d+$/.test(value.value) ? Number(value.value) : undefined;
}

/** The first of the timings the file sets; without one the service's first setting, where the service runs. */
function anchor(
  { config, roles }: GitlabRbSubject,
  root: string,
  keys: readonly string[],
): Range | undefined {
  const own = config.assignments.filter((assignment) => assignment.root === root);
  const timing = own.find(({ path }) => path.length === 1 && keys.includes(path[0] ?? ''));
  if (timing !== undefined) return timing.targetRange;
  return roles !== undefined && servedByRoles(roles, root) ? own[0]?.targetRange : undefined;
}
