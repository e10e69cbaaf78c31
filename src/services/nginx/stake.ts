import { say } from '../../words/message';
import { whenNoneIsLeft } from '../core/stake';
import type { Stake } from '../core/stake';

/** Any of them will do, as long as there is one. */
export const nginxStake: Stake = whenNoneIsLeft(
  'nginx',
  say('No nginx is left: no page loads, and Git over HTTP does not work.'),
);
