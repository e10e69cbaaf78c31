import { say } from '../../words/message';
import { whenNoneIsLeft } from '../core/stake';
import type { Stake } from '../core/stake';

/** Any of them will do, as long as there is one. */
export const praefectStake: Stake = whenNoneIsLeft(
  'praefect',
  say('No Praefect is left: no repository can be read or written.'),
);
