import { say } from '../../words/message';
import { isOwned } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const OWNS = ['/etc/swift/', '/var/opt/gitlab/object-storage-front/'];

/** Its machine is none of the nodes: with other files it is stopped and started, and its data stays on its volume. */
export const objectStorageEffects: ServiceEffects = {
  owns: OWNS,
  needs: (changes) =>
    changes.some(({ path }) => isOwned(path, OWNS))
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
