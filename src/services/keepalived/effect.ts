import { say } from '../../words/message';
import { changeOf } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const CONFIG = '/etc/keepalived/keepalived.conf';

/** Keepalived reads its file again and keeps the virtual address where it is, unless the file says otherwise. */
export const keepalivedEffects: ServiceEffects = {
  owns: ['/etc/keepalived/'],
  needs: (changes) =>
    changeOf(changes, CONFIG)
      ? [
          {
            program: 'keepalived',
            title: 'Keepalived',
            need: 'reload',
            because: say('keepalived.conf changes'),
            seconds: 1,
          },
        ]
      : [],
};
