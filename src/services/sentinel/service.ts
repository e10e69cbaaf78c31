import { defineService, tcp } from '../core/service';

export const sentinel = defineService({
  id: 'sentinel',
  layer: 'cache',
  votes: true,
  title: 'Sentinel',
  deployed: true,
  gitlabRbRoots: ['sentinel'],
  roles: ['redis_sentinel_role'],
  decided: ['sentinel.enable', 'sentinel.announce_ip', 'sentinel.announce_port'],
  railsSecrets: ['redis_sentinels_password'],
  ports: [tcp('sentinel', 26379)],
});
