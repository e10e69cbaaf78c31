import { say } from '../../words/message';
import { majorityOf, remaining } from '../core/stake';
import type { Stake } from '../core/stake';
import type { ConsulState } from './whole';

/** Without a majority of its servers Consul says nothing, and nobody may lead the database. */
export const consulStake = {
  service: 'consul',
  atStake: ({ consul: { voters } }, members) => {
    const left = remaining(members).filter(({ node }) => voters.includes(node)).length;
    if (left >= majorityOf(members)) return [];
    return [
      say(
        'Consul keeps {0} of {1} voting servers, which is no majority: nobody can lead the database, and no write is acknowledged until another server is back.',
        left,
        members.length,
      ),
    ];
  },
} as const satisfies Stake<{ readonly consul: ConsulState }>;
