import { defineService, tcp } from '../core/service';

export const haproxy = defineService({
  id: 'haproxy',
  layer: 'access',
  title: 'HAProxy',
  deployed: true,
  gitlabRbRoots: [],
  ports: [tcp('http', 80), tcp('stats', 8404)],
  // The others are on the virtual address only.
  askedPort: 'stats',
  web: { port: 'stats', path: '/' },
});
