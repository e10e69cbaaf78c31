import { say } from '../../words/message';
import { whenNoneIsLeft } from '../core/stake';
import type { Stake } from '../core/stake';

/** Any of them will do, as long as there is one. */
export const workhorseStake: Stake = whenNoneIsLeft(
  'gitlab-workhorse',
  say('No Workhorse is left: no page loads, and Git over HTTP does not work.'),
);
