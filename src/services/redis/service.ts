import { defineService, tcp } from '../core/service';

export const redis = defineService({
  id: 'redis',
  layer: 'cache',
  title: 'Redis',
  deployed: true,
  gitlabRbRoots: ['redis'],
  roles: ['redis_master_role', 'redis_replica_role'],
  ports: [tcp('redis', 6379)],
});
