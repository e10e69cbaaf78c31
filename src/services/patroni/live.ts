import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { LiveService } from '../core/live/live-service';
import { vacant } from '../core/live/view';
import type { View } from '../core/live/view';
import { hasLeaderAndMembers } from './keys';
import { patroniVerdict } from './health';
import { databaseView } from './view';
import { watchPatroni } from './watch';
import { databaseState, missingInDatabase } from './whole';
import type { DatabaseState } from './whole';

/** Before the names where it does not matter which of them acknowledge. */
const QUORUM = 'quorum: ';

function standbyText(to: string): Message {
  if (to === '' || to === QUORUM) return say('No synchronous standby');
  if (!to.startsWith(QUORUM)) return say('Synchronous standby is {0}', to);
  return say('Quorum standbys are {0}', to.slice(QUORUM.length));
}

const nobodyLeads = (view: View): boolean => vacant(databaseView(view).leader);

export const patroniLive: LiveService<
  { readonly database: DatabaseState },
  unknown,
  'leader-changed' | 'sync-standby-changed'
> = {
  watchNode: watchPatroni,
  foundTogether: hasLeaderAndMembers,
  verdict: patroniVerdict,
  servesNobody: nobodyLeads,
  suffersVacancy: nobodyLeads,
  state: (view) => ({ database: databaseState(view) }),
  missing: ({ database }, nodes) => missingInDatabase(database, nodes),
  holders: [
    { kind: 'leader-changed', title: say('database leader'), held: (view) => databaseView(view).leader },
  ],
  values: [
    {
      kind: 'sync-standby-changed',
      value: (view) => {
        const { leader, syncKnown, syncStandby, quorum } = databaseView(view);
        if (!syncKnown || !leader.known) return undefined;
        return quorum ? `${QUORUM}${quorum.members.join(', ')}` : syncStandby.join(', ');
      },
      text: standbyText,
    },
  ],
};
