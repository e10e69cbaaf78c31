import { boolean, duration, hosts, integer, oneOf } from '../conversion';
import { key, type KeyRule } from '../key-rule';
import { datacenter } from '../names';

export const CONSUL_KEYS: readonly KeyRule[] = [
  key('consul.configuration.server', boolean, (draft, value) => (draft.consul.server = value)),
  key('consul.configuration.datacenter', datacenter, (draft, value) => (draft.consul.datacenter = value)),
  key('consul.configuration.bootstrap_expect', integer(1, 9), (draft, value) => {
    draft.consul.bootstrapExpect = value;
  }),
  key('consul.configuration.retry_join', hosts, (draft, value) => (draft.consul.retryJoin = value)),
  key(
    'consul.configuration.log_level',
    oneOf('trace', 'debug', 'info', 'warn', 'err', 'error'),
    (draft, value) => (draft.consul.logLevel = value),
  ),
  key('consul.configuration.performance.raft_multiplier', integer(1, 10), (draft, value) => {
    draft.consul.raftMultiplier = value;
    draft.timings.consulRaftMultiplier = value;
  }),
  key('consul.configuration.gossip_lan.probe_interval', duration, (draft, value) => {
    draft.timings.consulProbeIntervalMs = value;
  }),
  key('consul.configuration.gossip_lan.probe_timeout', duration, (draft, value) => {
    draft.timings.consulProbeTimeoutMs = value;
  }),
  key('consul.configuration.gossip_lan.suspicion_mult', integer(1, 20), (draft, value) => {
    draft.timings.consulSuspicionMultiplier = value;
  }),
];
