import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { GIT_USER } from '../gitaly/account';
import { PUMA_SETTINGS } from '../puma/settings';
import { pumaUrl } from '../puma/url';
import { WORKHORSE_SETTINGS } from './settings';

/** The program's options, one per line. */
export function renderWorkhorse({ settings }: ServiceContext): readonly NodeFile[] {
  const { listenNetwork, listenAddress } = settings(WORKHORSE_SETTINGS);
  const options = {
    listenNetwork,
    listenAddr: listenAddress,
    authBackend: pumaUrl(settings(PUMA_SETTINGS)),
    secretPath: '/var/opt/gitlab/gitlab-rails/etc/gitlab_workhorse_secret',
  };
  const lines = Object.entries(options).map(([name, value]) => `-${name}=${value}\n`);
  return [privateFile('/var/opt/gitlab/gitlab-workhorse/options', lines.join(''), GIT_USER)];
}
