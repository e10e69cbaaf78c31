import { defineService, tcp } from '../core/service';

export const sidekiq = defineService({
  id: 'sidekiq',
  layer: 'application',
  needs: ['database', 'cache', 'git', 'access', 'objects'],
  added: 'gitlab',
  title: 'Sidekiq',
  deployed: true,
  gitlabRbRoots: ['sidekiq'],
  decided: ['sidekiq.enable'],
  ports: [tcp('health', 8092)],
});
