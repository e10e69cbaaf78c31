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
  /** There is no client on the node, or no password of the account. */
  | { readonly kind: 'not-asked' }
  /** The account's password could not be read, more than once: nobody knows what a client would be told. */
  | { readonly kind: 'no-password' };

export const PGBOUNCER_CLIENT = nodeFact<ClientAnswer>('pgbouncer-client', PGBOUNCER_SOURCE);
