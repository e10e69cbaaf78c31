import { defineService, tcp } from '../core/service';

export const alertmanager = defineService({
  id: 'alertmanager',
  layer: 'observability',
  title: 'Alertmanager',
  deployed: false,
  gitlabRbRoots: ['alertmanager'],
  ports: [tcp('alertmanager', 9093)],
});
