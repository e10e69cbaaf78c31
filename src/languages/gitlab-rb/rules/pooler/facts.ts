import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { serviceSpan } from '../support/places';
import { enabled } from '../support/read';

export const POOLER_TOPIC = 'PgBouncer';

/** True when PgBouncer certainly runs here. */
export function poolerOn(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'pgbouncer') === true;
}

/** True unless PgBouncer may run here. */
export function poolerOff(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'pgbouncer') === false;
}

/** Where PgBouncer is turned on: the place of findings about what is missing for it. */
export function poolerSpan(subject: GitlabRbSubject): Span | undefined {
  return serviceSpan(subject, 'pgbouncer', 'pgbouncer_role');
}

/** The names in a hash; undefined when there may be others. A key that is not set has none. */
export function poolerNames(
  subject: GitlabRbSubject,
  key: 'databases' | 'users',
): readonly string[] | undefined {
  if (!subject.complete) return undefined;
  const value = subject.value('pgbouncer', key);
  if (value === undefined || value.kind === 'nil') return [];
  return value.kind === 'hash' && value.open === undefined ? [...value.entries.keys()] : undefined;
}
