import { integer, listening, oneOf, port } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { settingsSection } from '../core/settings';
import type { SectionInput } from '../core/settings';

export interface PgbouncerSettings {
  readonly listenAddress: string;
  readonly port: number;
  readonly poolMode: 'session' | 'transaction' | 'statement';
  readonly maxClientConnections: number;
  readonly defaultPoolSize: number;
  readonly serverLoginRetry: number;
  readonly queryWaitTimeout: number;
}

const key = keysOf<PgbouncerSettings>();

export const PGBOUNCER_SETTINGS = settingsSection({
  name: 'pgbouncer',
  defaults: ({ timings }: SectionInput): PgbouncerSettings => ({
    listenAddress: '0.0.0.0',
    port: 6432,
    poolMode: 'transaction',
    maxClientConnections: 2048,
    // The package's pools hold 100 connections each; three small nodes need far fewer.
    defaultPoolSize: 20,
    serverLoginRetry: timings.pgbouncerLoginRetry,
    queryWaitTimeout: 120,
  }),
  keys: [
    // The loopback is enough where each node's HAProxy or application uses its own PgBouncer.
    key('pgbouncer.listen_addr', listening, 'listenAddress'),
    key('pgbouncer.listen_port', port, 'port'),
    key('pgbouncer.pool_mode', oneOf('session', 'transaction', 'statement'), 'poolMode'),
    key('pgbouncer.max_client_conn', integer(1, 100_000), 'maxClientConnections'),
    key('pgbouncer.default_pool_size', integer(1, 10_000), 'defaultPoolSize'),
    key('pgbouncer.server_login_retry', integer(0, 3600), 'serverLoginRetry', 'pgbouncerLoginRetry'),
    key('pgbouncer.query_wait_timeout', integer(0, 86_400), 'queryWaitTimeout'),
  ],
  ports: ({ port: pool }) => ({ pool }),
  listens: ({ listenAddress }) => listenAddress,
});
