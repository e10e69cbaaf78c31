import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { listenAddresses } from '../core/placement';
import { GIT_USER } from '../gitaly/account';
import { application } from './application';
import { WORKHORSE_SECRET } from './secrets';
import { PUMA_SETTINGS } from './settings';

const HOME = '/var/opt/gitlab/gitlab-rails';

/** Puma's own file, what the application goes by, and the secret it shares with Workhorse. */
export function renderPuma(context: ServiceContext): readonly NodeFile[] {
  return [
    privateFile(`${HOME}/etc/puma.rb`, pumaFile(context), GIT_USER),
    privateFile(`${HOME}/etc/standin.json`, `${JSON.stringify(application(context), null, 2)}\n`, GIT_USER),
    privateFile(`${HOME}/etc/gitlab_workhorse_secret`, `${context.secret(WORKHORSE_SECRET)}\n`, GIT_USER),
  ];
}

function pumaFile({ node, settings }: ServiceContext): string {
  const { workers, minThreads, maxThreads, listen, port, workerTimeout } = settings(PUMA_SETTINGS);
  const lines = [
    `directory '/opt/gitlab/standin'`,
    `environment 'production'`,
    `bind 'unix://${HOME}/sockets/gitlab.socket?umask=0117'`,
    ...listenAddresses(listen, node).map((address) => `bind 'tcp://${address}:${port}'`),
    `threads ${minThreads}, ${maxThreads}`,
    `workers ${workers}`,
    // With one process there is nobody who would notice.
    ...(workers > 0 ? [`worker_timeout ${workerTimeout}`] : []),
    // Connections of the first process are none of its children's.
    ...(workers > 0 ? ['preload_app! false'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
