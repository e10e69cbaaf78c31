import { say } from '../../words/message';
import { majorityOf, remaining } from '../core/stake';
import type { Stake } from '../core/stake';

/** A write is voted for by a majority; the last replica that has everything must not go. */
export const gitalyStake = {
  service: 'gitaly',
  atStake: (_state, members) => {
    const left = remaining(members);
    if (!members.some(({ lost }) => lost) || left.length >= majorityOf(members)) return [];
    return left.length === 0
      ? [say('No Gitaly is left: no repository can be read or written.')]
      : [
          say(
            'No majority of the Gitalys is left: repositories whose newest state only a lost one has are unavailable until it is back.',
          ),
        ];
  },
} as const satisfies Stake;
