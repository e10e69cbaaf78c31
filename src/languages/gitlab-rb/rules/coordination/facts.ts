import type { Span } from '../../../core/rules/rule';
import type { GitlabRbSubject } from '../../subject';
import { serviceSpan } from '../support/places';
import { booleanAt, enabled, keySpan, unset } from '../support/read';

export const COORDINATION_TOPIC = 'Consul';

/** True when Consul certainly runs here. */
export function consulOn(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'consul') === true;
}

/** True unless Consul may run here. */
export function consulOff(subject: GitlabRbSubject): boolean {
  return enabled(subject, 'consul') === false;
}

/** True when the agent is a server, false when it is none, undefined when that is not sure. */
export function isServer(subject: GitlabRbSubject): boolean | undefined {
  if (unset(subject, 'consul', 'configuration', 'server')) return false;
  return booleanAt(subject, 'consul', 'configuration', 'server')?.value;
}

/** The place of a finding about something that is missing: Consul's configuration, or what turns Consul on. */
export function consulSpan(subject: GitlabRbSubject): Span | undefined {
  return (
    keySpan(subject, 'consul', 'configuration') ??
    serviceSpan(subject, 'consul', 'consul_role', 'patroni_role', 'pgbouncer_role')
  );
}
