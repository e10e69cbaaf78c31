import { defineService, tcp } from '../core/service';

export const nodeExporter = defineService({
  id: 'node-exporter',
  layer: 'observability',
  title: 'Node exporter',
  deployed: false,
  gitlabRbRoots: ['node_exporter'],
  ports: [tcp('metrics', 9100)],
});
