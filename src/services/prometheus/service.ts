import { defineService, tcp } from '../core/service';

export const prometheus = defineService({
  id: 'prometheus',
  layer: 'observability',
  title: 'Prometheus',
  deployed: false,
  gitlabRbRoots: ['prometheus'],
  ports: [tcp('prometheus', 9090)],
});
