import { say } from '../../words/message';
import { whenNoneIsLeft } from '../core/stake';
import type { Stake } from '../core/stake';

/** Any of them will do, as long as there is one. */
export const sshdStake: Stake = whenNoneIsLeft(
  'gitlab-sshd',
  say('No gitlab-sshd is left: Git over SSH does not work.'),
);
