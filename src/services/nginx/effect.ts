import { say } from '../../words/message';
import { changeOf, isOwned } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/nginx/';
const OWNS = [HOME, '/etc/gitlab/ssl/'];

/** It takes its file over while it runs. */
export const nginxEffects: ServiceEffects = {
  owns: OWNS,
  needs: (changes) =>
    (changeOf(changes, `${HOME}conf/nginx.conf`)
      ? [say('{0} of {1} changes', 'nginx.conf', 'nginx')]
      : changes.some(({ path }) => isOwned(path, OWNS))
        ? [say('a certificate changes')]
        : []
    ).map((because) => ({ program: 'nginx', title: 'nginx', need: 'reload', because, seconds: 0 })),
};
