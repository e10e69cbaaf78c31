import { defineService } from '../core/service';

export const keepalived = defineService({
  id: 'keepalived',
  layer: 'access',
  title: 'Keepalived',
  deployed: true,
  gitlabRbRoots: [],
  ports: [{ name: 'vrrp', port: 112, protocol: 'vrrp' }],
});
