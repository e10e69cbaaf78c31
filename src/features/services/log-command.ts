import { logFile } from '../../services/core/live/layout';
import type { Layout } from '../../services/core/live/layout';
import type { ServiceId } from '../../services/registry';

const LINES = 200;

/** Follows the log svlogd writes for a service, also over its rotation. */
export function logCommand(service: ServiceId, layout: Layout): readonly string[] {
  return ['tail', '-n', String(LINES), '-F', logFile(layout, service)];
}
