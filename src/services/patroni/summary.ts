import type { Versions } from '../core/service';
import { listed } from '../core/summary';
import type { ServiceSummary } from '../core/summary';
import type { DatabaseState } from './whole';

export const databaseSummary: ServiceSummary<{ readonly database: DatabaseState }> = {
  title: 'Database',
  line({ database: { leader, syncStandby, quorum, timeline, streaming } }, versions) {
    const parts = [
      `leader ${leader ?? 'unknown'}`,
      quorum
        ? `quorum standbys ${listed(quorum.members, 'none')}`
        : `sync standby ${listed(syncStandby, 'none')}`,
      `streaming ${listed(streaming, 'none')}`,
      ...(timeline === undefined ? [] : [`timeline ${timeline}`]),
    ];
    return `${parts.join(', ')}; ${version(versions)}`;
  },
  leads: { title: (l10n) => l10n.t('Database leader'), node: ({ database }) => database.leader },
};

/** PostgreSQL with Patroni's version beside it. */
function version({ postgresql = 'of unknown version', patroni = 'of unknown version' }: Versions): string {
  return `PostgreSQL ${postgresql} under Patroni ${patroni}`;
}
