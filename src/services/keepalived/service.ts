import { defineService } from '../core/service';
import { VRRP_PASSWORD } from './secrets';

export const keepalived = defineService({
  id: 'keepalived',
  layer: 'access',
  title: 'Keepalived',
  deployed: true,
  gitlabRbRoots: [],
  ownFile: 'keepalived.conf',
  secrets: [VRRP_PASSWORD],
  ports: [{ name: 'vrrp', port: 112, protocol: 'vrrp' }],
});
