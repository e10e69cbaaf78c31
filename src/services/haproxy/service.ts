import { defineService, tcp } from '../core/service';
import { STATISTICS_PASSWORD } from './secrets';
import { IDLE_BACKENDS, STATISTICS_SOCKET } from './socket';

export const haproxy = defineService({
  id: 'haproxy',
  layer: 'access',
  title: 'HAProxy',
  deployed: true,
  gitlabRbRoots: [],
  ownFile: 'haproxy.cfg',
  secrets: [STATISTICS_PASSWORD],
  ports: [tcp('http', 80), tcp('stats', 8404)],
  // The others are on the virtual address only.
  askedPort: 'stats',
  web: { port: 'stats', path: '/' },
  entrances: ['http', 'stats'],
  certificates: [
    '/etc/haproxy/',
    '/etc/letsencrypt/',
    '/etc/pki/',
    '/etc/ssl/haproxy/',
    '/etc/ssl/private/',
    '/usr/local/etc/haproxy/',
  ],
  socket: STATISTICS_SOCKET,
  idleBackends: IDLE_BACKENDS,
});
