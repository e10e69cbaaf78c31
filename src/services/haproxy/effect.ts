import { say } from '../../words/message';
import { changeOf } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const CONFIG = '/etc/haproxy/haproxy.cfg';

/** A new process takes over the listening sockets; the old one serves its connections to their end. */
export const haproxyEffects: ServiceEffects = {
  owns: ['/etc/haproxy/'],
  needs: (changes) =>
    changeOf(changes, CONFIG)
      ? [
          {
            program: 'haproxy',
            title: 'HAProxy',
            need: 'reload',
            because: say('haproxy.cfg changes'),
            seconds: 0,
          },
        ]
      : [],
};
