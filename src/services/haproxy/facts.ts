import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';

/** Its statistics socket. */
export const HAPROXY_SOURCE: Source = { id: 'haproxy', freshMs: 8_000 };

export interface HaproxyRow {
  readonly proxy: string;
  /** FRONTEND, BACKEND or the server's name. */
  readonly name: string;
  /** OPEN, UP, DOWN, "UP 1/2", MAINT, DRAIN, "no check"… */
  readonly status: string;
  readonly sessions: number | undefined;
  readonly check: string | undefined;
}

export const HAPROXY_ROWS = nodeFact<readonly HaproxyRow[]>('haproxy-rows', HAPROXY_SOURCE);
