import { integer, port, reachable } from '../conversion';
import { key, type KeyRule } from '../key-rule';

export const SENTINEL_KEYS: readonly KeyRule[] = [
  key('sentinel.bind', reachable, (draft, value) => (draft.sentinel.bind = value)),
  key('sentinel.port', port, (draft, value) => (draft.sentinel.port = value)),
  key('sentinel.quorum', integer(1, 9), (draft, value) => (draft.sentinel.quorum = value)),
  key('sentinel.down_after_milliseconds', integer(1, 3_600_000), (draft, value) => {
    draft.sentinel.downAfterMs = value;
    draft.timings.sentinelDownAfterMs = value;
  }),
  key('sentinel.failover_timeout', integer(1, 3_600_000), (draft, value) => {
    draft.sentinel.failoverTimeoutMs = value;
    draft.timings.sentinelFailoverTimeoutMs = value;
  }),
];
