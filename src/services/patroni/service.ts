import { defineService, tcp } from '../core/service';

export const patroni = defineService({
  id: 'patroni',
  layer: 'database',
  title: 'PostgreSQL (Patroni)',
  program: 'Patroni',
  deployed: true,
  gitlabRbRoots: ['patroni', 'postgresql'],
  roles: ['patroni_role'],
  ports: [tcp('postgresql', 5432), tcp('rest', 8008)],
  web: { port: 'rest', path: '/cluster' },
  versionName: 'postgresql',
});
