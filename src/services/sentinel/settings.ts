import { integer, port, reachable } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { votersOf } from '../core/placement';
import { settingsSection } from '../core/settings';
import type { SectionInput } from '../core/settings';

export interface SentinelSettings {
  readonly bind: string;
  readonly port: number;
  readonly quorum: number;
  readonly downAfterMs: number;
  readonly failoverTimeoutMs: number;
}

const key = keysOf<SentinelSettings>();

export const SENTINEL_SETTINGS = settingsSection({
  name: 'sentinel',
  defaults: (input: SectionInput): SentinelSettings => ({
    bind: '0.0.0.0',
    port: 26379,
    // The package's default is 1; a majority is what its documentation asks for.
    quorum: Math.floor(votersOf(input, 'cache').length / 2) + 1,
    downAfterMs: input.timings.sentinelDownAfterMs,
    failoverTimeoutMs: input.timings.sentinelFailoverTimeoutMs,
  }),
  keys: [
    key('sentinel.bind', reachable, 'bind'),
    key('sentinel.port', port, 'port'),
    key('sentinel.quorum', integer(1, 9), 'quorum'),
    key('sentinel.down_after_milliseconds', integer(1, 3_600_000), 'downAfterMs', 'sentinelDownAfterMs'),
    key('sentinel.failover_timeout', integer(1, 3_600_000), 'failoverTimeoutMs', 'sentinelFailoverTimeoutMs'),
  ],
  ports: ({ port: sentinel }) => ({ sentinel }),
  listens: ({ bind }) => bind,
});
