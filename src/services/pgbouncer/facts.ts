import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';
import { NODE_SOURCE } from '../core/live/view';

/** Logging in through PgBouncer as the application does. */
export const PGBOUNCER_SOURCE: Source = { id: 'pgbouncer', freshMs: 30_000 };

/** Hosts that PgBouncer's databases.ini points to. */
export const PGBOUNCER_HOSTS = nodeFact<readonly string[]>('pgbouncer-hosts', NODE_SOURCE);

/** What became of a client that logged in and asked for a row. */
export type ClientAnswer =
  | { readonly kind: 'served' }
  /** No answer in time, more than once. */
  | { readonly kind: 'late' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** There is no client on the node, or the account's password is not known there. */
  | { readonly kind: 'not-asked' };

export const PGBOUNCER_CLIENT = nodeFact<ClientAnswer>('pgbouncer-client', PGBOUNCER_SOURCE);
