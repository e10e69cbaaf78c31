import { nodeFact } from '../core/live/fact';
import { NODE_SOURCE } from '../core/live/view';

/** Hosts that PgBouncer's databases.ini points to. */
export const PGBOUNCER_HOSTS = nodeFact<readonly string[]>('pgbouncer-hosts', NODE_SOURCE);
