import { say } from '../../words/message';
import { changeOf } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/nginx/';

/** It takes its file over while it runs. */
export const nginxEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) =>
    changeOf(changes, `${HOME}conf/nginx.conf`)
      ? [
          {
            program: 'nginx',
            title: 'nginx',
            need: 'reload',
            because: say('{0} of {1} changes', 'nginx.conf', 'nginx'),
            seconds: 0,
          },
        ]
      : [],
};
