import { defineService, tcp } from '../core/service';
import { REDIS_PASSWORD } from './secrets';

export const redis = defineService({
  id: 'redis',
  layer: 'cache',
  title: 'Redis',
  deployed: true,
  gitlabRbRoots: ['redis'],
  roles: ['redis_master_role', 'redis_replica_role'],
  decided: [
    'redis.enable',
    'redis.master_ip',
    'redis.master_port',
    'redis.announce_ip',
    'redis.announce_port',
  ],
  railsSecrets: ['redis_password'],
  secrets: [REDIS_PASSWORD],
  commands: ['gitlab-redis-cli'],
  ports: [tcp('redis', 6379)],
});
