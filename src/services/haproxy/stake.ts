import { say } from '../../words/message';
import { remaining } from '../core/stake';
import type { Stake } from '../core/stake';

/** Every client comes through one of the proxies. */
export const haproxyStake = {
  service: 'haproxy',
  atStake: (_state, members) =>
    remaining(members).length > 0 ? [] : [say('No HAProxy is left: no client is served.')],
} as const satisfies Stake;
