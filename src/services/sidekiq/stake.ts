import { say } from '../../words/message';
import { whenNoneIsLeft } from '../core/stake';
import type { Stake } from '../core/stake';

/** Any of them will do, as long as there is one. */
export const sidekiqStake: Stake = whenNoneIsLeft('sidekiq', say('No Sidekiq is left: jobs wait.'));
