import { defineService, tcp } from '../core/service';

export const sidekiq = defineService({
  id: 'sidekiq',
  layer: 'application',
  title: 'Sidekiq',
  deployed: false,
  gitlabRbRoots: ['sidekiq'],
  ports: [tcp('metrics', 8082), tcp('health', 8092)],
});
