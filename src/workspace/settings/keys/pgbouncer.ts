import { integer, listening, oneOf, port } from '../conversion';
import { key, type KeyRule } from '../key-rule';

export const PGBOUNCER_KEYS: readonly KeyRule[] = [
  // The loopback is enough where each node's HAProxy or application uses its own PgBouncer.
  key('pgbouncer.listen_addr', listening, (draft, value) => (draft.pgbouncer.listenAddress = value)),
  key('pgbouncer.listen_port', port, (draft, value) => (draft.pgbouncer.port = value)),
  key(
    'pgbouncer.pool_mode',
    oneOf('session', 'transaction', 'statement'),
    (draft, value) => (draft.pgbouncer.poolMode = value),
  ),
  key('pgbouncer.max_client_conn', integer(1, 100_000), (draft, value) => {
    draft.pgbouncer.maxClientConnections = value;
  }),
  key('pgbouncer.default_pool_size', integer(1, 10_000), (draft, value) => {
    draft.pgbouncer.defaultPoolSize = value;
  }),
  key('pgbouncer.server_login_retry', integer(0, 3600), (draft, value) => {
    draft.pgbouncer.serverLoginRetry = value;
    draft.timings.pgbouncerLoginRetry = value;
  }),
  key('pgbouncer.query_wait_timeout', integer(0, 86_400), (draft, value) => {
    draft.pgbouncer.queryWaitTimeout = value;
  }),
];
