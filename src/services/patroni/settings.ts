import { boolean, integer, mapped, port, words } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { nodesOf } from '../core/placement';
import { settingsSection } from '../core/settings';
import type { SectionInput } from '../core/settings';
import { PATRONI_SCOPE } from './facts';
import { patroniScope } from './names';

export interface PatroniSettings {
  readonly scope: string;
  readonly name: string;
  readonly restPort: number;
  readonly ttl: number;
  readonly loopWait: number;
  readonly retryTimeout: number;
  readonly maximumLagOnFailover: number;
  readonly primaryStartTimeout: number;
  readonly synchronousMode: boolean;
  readonly synchronousModeStrict: boolean;
  readonly synchronousNodeCount: number;
  readonly usePgRewind: boolean;
  readonly useSlots: boolean;
  /** The Consul session dies with the node's gossip health (serfHealth) as well as by TTL. */
  readonly sessionFollowsGossip: boolean;
}

const key = keysOf<PatroniSettings>();

const followsGossip = mapped(words, (checks) => checks.includes('serfHealth'));

/** Patroni's own settings; `patroni['postgresql'][...]` is in PostgreSQL's. */
export const PATRONI_SETTINGS = settingsSection({
  name: 'patroni',
  defaults(input: SectionInput): PatroniSettings {
    const { node, timings } = input;
    return {
      scope: PATRONI_SCOPE.byDefault,
      name: node.name,
      restPort: 8008,
      ttl: timings.patroniTtl,
      loopWait: timings.patroniLoopWait,
      retryTimeout: timings.patroniRetryTimeout,
      maximumLagOnFailover: 1_048_576,
      primaryStartTimeout: timings.patroniPrimaryStartTimeout,
      // Off in the package; on here, because a failover must not lose an acknowledged write.
      synchronousMode: nodesOf(input, 'database').length > 1,
      synchronousModeStrict: false,
      synchronousNodeCount: 1,
      usePgRewind: true,
      useSlots: true,
      sessionFollowsGossip: timings.patroniSessionFollowsGossip,
    };
  },
  keys: [
    key('patroni.scope', patroniScope, 'scope'),
    key('patroni.port', port, 'restPort'),
    key('patroni.ttl', integer(1, 3600), 'ttl', 'patroniTtl'),
    key('patroni.loop_wait', integer(1, 600), 'loopWait', 'patroniLoopWait'),
    key('patroni.retry_timeout', integer(3, 600), 'retryTimeout', 'patroniRetryTimeout'),
    key('patroni.maximum_lag_on_failover', integer(0, 2 ** 40), 'maximumLagOnFailover'),
    key(
      'patroni.master_start_timeout',
      integer(0, 3600),
      'primaryStartTimeout',
      'patroniPrimaryStartTimeout',
    ),
    key('patroni.use_pg_rewind', boolean, 'usePgRewind'),
    key('patroni.use_slots', boolean, 'useSlots'),
    {
      ...key('patroni.consul.checks', followsGossip, 'sessionFollowsGossip', 'patroniSessionFollowsGossip'),
      dcs: 'consul',
    },
  ],
  ports: ({ restPort }) => ({ rest: restPort }),
  declares: ({ scope }) => ({ [PATRONI_SCOPE.name]: scope }),
});
