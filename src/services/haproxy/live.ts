import type { LiveService } from '../core/live/live-service';
import { haproxyVerdict, seenServers } from './health';
import type { SeenServers } from './health';
import { watchHaproxy } from './watch';

export const haproxyLive: LiveService<unknown, { readonly servers?: SeenServers }, never> = {
  watchNode: watchHaproxy,
  verdict: haproxyVerdict,
  forwards: true,
  nodeState: (_, node) => {
    const servers = seenServers(node);
    return servers ? { servers } : {};
  },
};
