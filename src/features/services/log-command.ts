import type { ServiceId } from '../../services/registry';

const LINES = 200;

/** Follows the log svlogd writes for a service, also over its rotation. */
export function logCommand(service: ServiceId): readonly string[] {
  return ['tail', '-n', String(LINES), '-F', `/var/log/gitlab/${service}/current`];
}
