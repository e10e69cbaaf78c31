import { defineService, tcp } from '../core/service';

export const grafana = defineService({
  id: 'grafana',
  layer: 'observability',
  title: 'Grafana',
  deployed: false,
  gitlabRbRoots: [],
  ports: [tcp('grafana', 3000)],
});
