import { say } from '../../words/message';
import { majorityOf, remaining } from '../core/stake';
import type { Stake } from '../core/stake';

/** A failover of Redis is decided by a majority of the Sentinels. */
export const sentinelStake = {
  service: 'sentinel',
  atStake: (_state, members) => {
    const left = remaining(members).length;
    if (left >= majorityOf(members)) return [];
    return [
      say(
        '{0} of {1} Sentinels are left, which is no majority: no other Redis is promoted when the master fails.',
        left,
        members.length,
      ),
    ];
  },
} as const satisfies Stake;
