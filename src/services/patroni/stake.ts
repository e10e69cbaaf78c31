import { say } from '../../words/message';
import { isLost, remaining } from '../core/stake';
import type { Stake } from '../core/stake';
import { heirsOf } from './switchover';
import type { DatabaseState } from './whole';

/** A leader that goes needs a successor that has everything; only a synchronous standby is sure to. */
export const databaseStake = {
  service: 'patroni',
  atStake: ({ database }, members) => {
    const { leader, quorum, streaming } = database;
    const left = remaining(members).map(({ node }) => node);
    const heirs = heirsOf(database).filter((node) => left.includes(node));
    if (leader === undefined) return [];
    if (!isLost(members, leader)) {
      // Another one that streams becomes the synchronous standby within a moment.
      const others = streaming.filter((node) => node !== leader && left.includes(node));
      return others.length > 0
        ? []
        : [say('{0} leads the database alone: if it fails next, nobody can take over.', leader)];
    }
    if (heirs.length > 0) return [];
    const kind = quorum ? say('standby of the quorum') : say('synchronous standby');
    return [
      say(
        '{0} leads the database and no {1} can take over: no write is acknowledged until it is back. If its data is lost, so is every write since the last standby went.',
        leader,
        kind,
      ),
    ];
  },
} as const satisfies Stake<{ readonly database: DatabaseState }>;
