import { say } from '../../words/message';
import { remaining } from '../core/stake';
import type { Stake } from '../core/stake';

/** There is one, outside the nodes: what it holds is nowhere else. */
export const objectStorageStake = {
  service: 'object-storage',
  atStake: (_state, members) =>
    remaining(members).length > 0
      ? []
      : [
          say(
            'No object store is left: uploads, artifacts, LFS objects and packages cannot be read or written.',
          ),
        ],
} as const satisfies Stake;
