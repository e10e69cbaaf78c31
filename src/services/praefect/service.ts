import { defineService, tcp } from '../core/service';

export const praefect = defineService({
  id: 'praefect',
  layer: 'git',
  title: 'Praefect',
  deployed: false,
  gitlabRbRoots: ['praefect'],
  ports: [tcp('praefect', 2305)],
});
