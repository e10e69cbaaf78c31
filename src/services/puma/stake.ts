import { say } from '../../words/message';
import { whenNoneIsLeft } from '../core/stake';
import type { Stake } from '../core/stake';

/** Any of them will do, as long as there is one. */
export const pumaStake: Stake = whenNoneIsLeft(
  'puma',
  say('No Puma is left: no page loads, and no push is taken.'),
);
