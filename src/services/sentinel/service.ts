import { defineService, tcp } from '../core/service';
import { SENTINEL_SETTINGS } from './settings';

export const sentinel = defineService({
  id: 'sentinel',
  layer: 'cache',
  title: 'Sentinel',
  deployed: true,
  gitlabRbRoots: ['sentinel'],
  roles: ['redis_sentinel_role'],
  sections: [SENTINEL_SETTINGS],
  decided: ['sentinel.enable', 'sentinel.announce_ip', 'sentinel.announce_port'],
  railsSecrets: ['redis_sentinels_password'],
  ports: [tcp('sentinel', 26379)],
});
