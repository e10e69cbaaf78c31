import { defineService, tcp } from '../core/service';

export const sentinel = defineService({
  id: 'sentinel',
  layer: 'cache',
  title: 'Sentinel',
  deployed: true,
  gitlabRbRoots: ['sentinel'],
  roles: ['redis_sentinel_role'],
  ports: [tcp('sentinel', 26379)],
});
