import { say } from '../../words/message';
import type { ServiceEffects } from '../core/effect';

/** Its machine is none of the nodes: with other files it is stopped and started, and its data stays on its volume. */
export const objectStorageEffects: ServiceEffects = {
  owns: ['/etc/swift/', '/var/opt/gitlab/object-storage-front/'],
  needs: (changes) =>
    changes.some(({ path }) => path.startsWith('/var/opt/gitlab/object-storage-front/'))
      ? [
          {
            program: 'object-storage',
            title: say('Object storage'),
            need: 'restart',
            because: say('its files change'),
            seconds: 0,
          },
        ]
      : [],
};
