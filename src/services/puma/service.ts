import { defineService, tcp } from '../core/service';

export const puma = defineService({
  id: 'puma',
  layer: 'application',
  title: 'Puma (Rails)',
  deployed: false,
  gitlabRbRoots: ['puma', 'gitlab_rails'],
  ports: [tcp('puma', 8080)],
});
