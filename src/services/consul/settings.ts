import { boolean, duration, hosts, integer, name, oneOf } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { nodesOf } from '../core/placement';
import { settingsSection } from '../core/settings';
import type { SectionInput } from '../core/settings';

export interface ConsulSettings {
  readonly server: boolean;
  readonly datacenter: string;
  readonly bootstrapExpect: number;
  /** Addresses to join. */
  readonly retryJoin: readonly string[];
  readonly raftMultiplier: number;
  readonly logLevel: string;
}

const key = keysOf<ConsulSettings>();

/** Consul's datacenter; its agents refuse to start with any other sign. */
const datacenter = name((written) =>
  /^[A-Za-z0-9_-]+$/.test(written)
    ? undefined
    : {
        problem: `is '${written}', which Consul refuses`,
        remedy: "Use letters, digits, '-' and '_' only, for example 'gitlab_consul'.",
      },
);

export const CONSUL_SETTINGS = settingsSection({
  name: 'consul',
  defaults(input: SectionInput): ConsulSettings {
    const servers = nodesOf(input, 'coordination');
    return {
      server: servers.some(({ name }) => name === input.node.name),
      datacenter: 'gitlab_consul',
      bootstrapExpect: servers.length,
      retryJoin: servers.map((server) => server.address),
      raftMultiplier: input.timings.consulRaftMultiplier,
      logLevel: 'info',
    };
  },
  keys: [
    key('consul.configuration.server', boolean, 'server'),
    key('consul.configuration.datacenter', datacenter, 'datacenter'),
    key('consul.configuration.bootstrap_expect', integer(1, 15), 'bootstrapExpect'),
    key('consul.configuration.retry_join', hosts, 'retryJoin'),
    key(
      'consul.configuration.log_level',
      oneOf('trace', 'debug', 'info', 'warn', 'err', 'error'),
      'logLevel',
    ),
    key(
      'consul.configuration.performance.raft_multiplier',
      integer(1, 10),
      'raftMultiplier',
      'consulRaftMultiplier',
    ),
    key(
      'consul.configuration.gossip_lan.probe_interval',
      duration,
      (_settings, value, timings) => {
        timings.consulProbeIntervalMs = value;
      },
      { value: (_settings, timings) => `${timings.consulProbeIntervalMs}ms`, settings: [] },
    ),
    key(
      'consul.configuration.gossip_lan.probe_timeout',
      duration,
      (_settings, value, timings) => {
        timings.consulProbeTimeoutMs = value;
      },
      { value: (_settings, timings) => `${timings.consulProbeTimeoutMs}ms`, settings: [] },
    ),
    key(
      'consul.configuration.gossip_lan.suspicion_mult',
      integer(1, 20),
      (_settings, value, timings) => {
        timings.consulSuspicionMultiplier = value;
      },
      { value: (_settings, timings) => timings.consulSuspicionMultiplier, settings: [] },
    ),
  ],
});
