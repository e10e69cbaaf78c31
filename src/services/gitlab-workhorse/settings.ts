import { oneOf, parameter } from '../core/conversion';
import { keysOf } from '../core/key-rule';
import { placeOf } from '../core/ports';
import { settingsSection } from '../core/settings';

export interface WorkhorseSettings {
  readonly listenNetwork: 'tcp' | 'unix';
  /** Address with port, or the path of a socket. */
  readonly listenAddress: string;
}

const key = keysOf<WorkhorseSettings>();

/** Where nginx finds it, as the package sets it. */
export const WORKHORSE_SOCKET = '/var/opt/gitlab/gitlab-workhorse/sockets/socket';

export const WORKHORSE_SETTINGS = settingsSection({
  name: 'workhorse',
  defaults: (): WorkhorseSettings => ({ listenNetwork: 'unix', listenAddress: WORKHORSE_SOCKET }),
  keys: [
    key('gitlab_workhorse.listen_network', oneOf('tcp', 'unix'), 'listenNetwork'),
    key('gitlab_workhorse.listen_addr', parameter, 'listenAddress'),
  ],
  ports: ({ listenNetwork, listenAddress }): Readonly<Record<string, number>> => {
    const [, digits] = /:(\d{1,5})$/.exec(listenAddress) ?? [];
    return listenNetwork === 'tcp' && digits !== undefined ? { workhorse: Number(digits) } : {};
  },
  places: ({ listenNetwork, listenAddress }) => ({
    workhorse: listenNetwork === 'unix' ? listenAddress : placeOf(listenAddress),
  }),
});
