import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Versions } from '../core/service';
import { sorted } from '../core/summary';
import type { ServiceSummary } from '../core/summary';
import type { ConsulState } from './whole';

/** The only Consul Debian ever shipped in a stable release; what is newer comes from the official image. */
const OF_DEBIAN = /^1\.8\./;

export const consulSummary: ServiceSummary<{ readonly consul: ConsulState }> = {
  title: 'Consul',
  line: ({ consul: { leader, voters } }, versions) =>
    say(
      'leader {0}, voters {1}; {2}',
      leader ?? say('unknown'),
      sorted(voters, say('none')),
      version(versions),
    ),
  leads: { title: (l10n) => l10n.t('Consul leader'), node: ({ consul }) => consul.leader },
};

/** Which Consul runs and where it comes from. */
function version({ consul }: Versions): Message {
  if (consul === undefined) return say('version unknown');
  return OF_DEBIAN.test(consul)
    ? say("version {0} from Debian's package", consul)
    : say('version {0} from the official image', consul);
}
