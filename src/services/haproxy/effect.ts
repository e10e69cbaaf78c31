import { say } from '../../words/message';
import { changeOf, isOwned } from '../core/effect';
import type { ServiceEffects } from '../core/effect';
import { CONFIG } from './render';
import { haproxy } from './service';

/** A new process takes over the listening sockets; the old one serves its connections to their end. */
export const haproxyEffects: ServiceEffects = {
  owns: haproxy.certificates,
  needs: (changes) =>
    (changeOf(changes, CONFIG)
      ? [say('haproxy.cfg changes')]
      : changes.some(({ path }) => isOwned(path, haproxy.certificates))
        ? [say('a certificate changes')]
        : []
    ).map((because) => ({ program: 'haproxy', title: 'HAProxy', need: 'reload', because, seconds: 0 })),
};
