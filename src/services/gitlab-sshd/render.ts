import { stringify } from 'yaml';
import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { GIT_USER } from '../gitaly/account';
import { SHELL_SECRET } from '../gitaly/secrets';
import { PUMA_SETTINGS } from '../puma/settings';
import { pumaUrl } from '../puma/url';
import { hostKey } from './host-key';
import { HOST_KEY_SEED } from './secrets';
import { SSHD_SETTINGS } from './settings';

const HOME = '/var/opt/gitlab/gitlab-sshd';

/** gitlab-sshd's configuration, its host key and the secret it signs its questions with. */
export function renderSshd(context: ServiceContext): readonly NodeFile[] {
  const seed = context.secret(HOST_KEY_SEED);
  return [
    privateFile(`${HOME}/config.yml`, stringify(configuration(context)), GIT_USER),
    privateFile(`${HOME}/ssh_host_ed25519_key`, hostKey(seed), GIT_USER),
    privateFile(`${HOME}/gitlab_shell_secret`, `${context.secret(SHELL_SECRET)}\n`, GIT_USER),
  ];
}

function configuration({ settings }: ServiceContext): object {
  const { listen, proxyProtocol, proxyPolicy, metrics } = settings(SSHD_SETTINGS);
  return {
    user: 'git',
    gitlab_url: pumaUrl(settings(PUMA_SETTINGS)),
    secret_file: `${HOME}/gitlab_shell_secret`,
    log_file: '/dev/stdout',
    log_level: 'INFO',
    log_format: 'json',
    sshd: {
      listen,
      proxy_protocol: proxyProtocol,
      ...(proxyPolicy === 'use' ? {} : { proxy_policy: proxyPolicy }),
      web_listen: metrics,
      host_key_files: [`${HOME}/ssh_host_ed25519_key`],
    },
  };
}
