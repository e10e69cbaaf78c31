import type { Versions } from '../core/service';
import { listed } from '../core/summary';
import type { ServiceSummary } from '../core/summary';
import type { ConsulState } from './whole';

/** The only Consul Debian ever shipped in a stable release; what is newer comes from the official image. */
const OF_DEBIAN = /^1\.8\./;

export const consulSummary: ServiceSummary<{ readonly consul: ConsulState }> = {
  title: 'Consul',
  line: ({ consul: { leader, voters } }, versions) =>
    `leader ${leader ?? 'unknown'}, voters ${listed(voters, 'none')}; ${version(versions)}`,
  leads: { title: (l10n) => l10n.t('Consul leader'), node: ({ consul }) => consul.leader },
};

/** Which Consul runs and where it comes from. */
function version({ consul }: Versions): string {
  if (consul === undefined) return 'version unknown';
  return `version ${consul} from ${OF_DEBIAN.test(consul) ? "Debian's package" : 'the official image'}`;
}
