import { say } from '../../words/message';
import { majorityOf, remaining } from '../core/stake';
import type { Stake } from '../core/stake';
import type { EtcdState } from './whole';

/** Without a majority of its members etcd takes no write, and nobody may lead the database. */
export const etcdStake = {
  service: 'etcd',
  atStake: ({ etcd }, members) => {
    const left = remaining(members).filter(({ node }) => etcd?.voters.includes(node) === true).length;
    if (etcd === undefined || left >= majorityOf(members)) return [];
    return [
      say(
        'etcd keeps {0} of {1} voting members, which is no majority: nobody can lead the database, and no write is acknowledged until another member is back.',
        left,
        members.length,
      ),
    ];
  },
} as const satisfies Stake<{ readonly etcd?: EtcdState }>;
