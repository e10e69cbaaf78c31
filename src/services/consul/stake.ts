import { say } from '../../words/message';
import { majorityOf, remaining } from '../core/stake';
import type { Stake } from '../core/stake';
import type { EtcdState } from '../etcd/whole';
import type { ConsulState } from './whole';

/** Without a majority of its servers Consul says nothing, and where it keeps who leads the database, nobody may lead. */
export const consulStake = {
  service: 'consul',
  atStake: ({ consul: { voters }, etcd }, members) => {
    const left = remaining(members).filter(({ node }) => voters.includes(node)).length;
    if (left >= majorityOf(members)) return [];
    if (etcd)
      return [
        say(
          'Consul keeps {0} of {1} voting servers, which is no majority: nothing is found through it until another server is back. The database goes on, for etcd keeps who leads it.',
          left,
          members.length,
        ),
      ];
    return [
      say(
        'Consul keeps {0} of {1} voting servers, which is no majority: nobody can lead the database, and no write is acknowledged until another server is back.',
        left,
        members.length,
      ),
    ];
  },
} as const satisfies Stake<{ readonly consul: ConsulState; readonly etcd?: EtcdState }>;
