import { boolean, integer, port, words } from '../conversion';
import { key, type KeyRule, type SettingsDraft } from '../key-rule';
import { patroniScope } from '../names';

const startTimeout = (draft: SettingsDraft, value: number): void => {
  draft.patroni.primaryStartTimeout = value;
  draft.timings.patroniPrimaryStartTimeout = value;
};

/** Patroni's own keys; `patroni['postgresql'][...]` is in the table of PostgreSQL. */
export const PATRONI_KEYS: readonly KeyRule[] = [
  key('patroni.scope', patroniScope, (draft, value) => (draft.patroni.scope = value)),
  key('patroni.port', port, (draft, value) => (draft.patroni.restPort = value)),
  key('patroni.ttl', integer(1, 3600), (draft, value) => {
    draft.patroni.ttl = value;
    draft.timings.patroniTtl = value;
  }),
  key('patroni.loop_wait', integer(1, 600), (draft, value) => {
    draft.patroni.loopWait = value;
    draft.timings.patroniLoopWait = value;
  }),
  key('patroni.retry_timeout', integer(3, 600), (draft, value) => {
    draft.patroni.retryTimeout = value;
    draft.timings.patroniRetryTimeout = value;
  }),
  key('patroni.maximum_lag_on_failover', integer(0, 2 ** 40), (draft, value) => {
    draft.patroni.maximumLagOnFailover = value;
  }),
  key('patroni.master_start_timeout', integer(0, 3600), startTimeout),
  key('patroni.use_pg_rewind', boolean, (draft, value) => (draft.patroni.usePgRewind = value)),
  key('patroni.use_slots', boolean, (draft, value) => (draft.patroni.useSlots = value)),
  key('patroni.consul.checks', words, (draft, value) => {
    draft.patroni.sessionFollowsGossip = value.includes('serfHealth');
    draft.timings.patroniSessionFollowsGossip = value.includes('serfHealth');
  }),
];
