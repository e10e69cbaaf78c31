import { defineService, tcp } from '../core/service';

export const nginx = defineService({
  id: 'nginx',
  layer: 'application',
  needs: ['database', 'cache', 'git', 'access', 'objects'],
  added: 'gitlab',
  title: 'nginx',
  deployed: true,
  gitlabRbRoots: ['nginx'],
  decided: ['nginx.enable'],
  gitlabPages: 'http',
  monitoringPages: 'http',
  ports: [tcp('http', 80), tcp('status', 8060)],
});
