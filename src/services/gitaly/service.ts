import { defineService, tcp } from '../core/service';
import { GITALY_TOKEN, SHELL_SECRET } from './secrets';

export const gitaly = defineService({
  id: 'gitaly',
  layer: 'git',
  needs: ['database'],
  added: 'gitlab',
  title: 'Gitaly',
  deployed: true,
  gitlabRbRoots: ['gitaly'],
  roles: ['gitaly_role'],
  decided: ['gitaly.enable'],
  secrets: [GITALY_TOKEN, SHELL_SECRET],
  ports: [tcp('gitaly', 8075), tcp('metrics', 9236)],
  web: { port: 'metrics', path: '/metrics' },
});
