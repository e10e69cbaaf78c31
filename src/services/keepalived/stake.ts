import { say } from '../../words/message';
import { remaining } from '../core/stake';
import type { Stake } from '../core/stake';

/** Somebody must be left who can carry the virtual address. */
export const vipStake = {
  service: 'keepalived',
  atStake: (_state, members) =>
    remaining(members).length > 0
      ? []
      : [say('No node is left that can take the virtual address: no client is served.')],
} as const satisfies Stake;
