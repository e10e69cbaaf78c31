import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Versions } from '../core/service';
import { sorted } from '../core/summary';
import type { ServiceSummary } from '../core/summary';
import type { DatabaseState } from './whole';

export const databaseSummary: ServiceSummary<{ readonly database: DatabaseState }> = {
  title: 'Database',
  line({ database: { leader, syncStandby, quorum, timeline, streaming } }, versions) {
    const parts = [
      say('leader {0}', leader ?? say('unknown')),
      quorum
        ? say('quorum standbys {0}', sorted(quorum.members, say('none')))
        : say('sync standby {0}', sorted(syncStandby, say('none'))),
      say('streaming {0}', sorted(streaming, say('none'))),
      ...(timeline === undefined ? [] : [say('timeline {0}', timeline)]),
    ];
    return listed([listed(parts), version(versions)], '; ');
  },
  leads: { title: (l10n) => l10n.t('Database leader'), node: ({ database }) => database.leader },
};

/** PostgreSQL with Patroni's version beside it. */
function version({ postgresql, patroni }: Versions): Message {
  return say(
    'PostgreSQL {0} under Patroni {1}',
    postgresql ?? say('of unknown version'),
    patroni ?? say('of unknown version'),
  );
}
