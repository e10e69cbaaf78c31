import { say } from '../../words/message';
import { remaining } from '../core/stake';
import type { Stake } from '../core/stake';

/** Clients reach the database through one of the poolers. */
export const pgbouncerStake = {
  service: 'pgbouncer',
  atStake: (_state, members) =>
    remaining(members).length > 0 ? [] : [say('No PgBouncer is left: no client reaches the database.')],
} as const satisfies Stake;
