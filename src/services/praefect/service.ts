import { defineService, tcp } from '../core/service';
import { PRAEFECT_DATABASE_PASSWORD, PRAEFECT_TOKEN } from './secrets';

export const praefect = defineService({
  id: 'praefect',
  layer: 'git',
  needs: ['database'],
  added: 'gitlab',
  title: 'Praefect',
  deployed: true,
  gitlabRbRoots: ['praefect'],
  // No role does: its own key switches it on.
  roles: [],
  decided: ['praefect.enable', 'praefect.auto_migrate'],
  secrets: [PRAEFECT_TOKEN, PRAEFECT_DATABASE_PASSWORD],
  commands: ['praefect'],
  ports: [tcp('praefect', 2305), tcp('metrics', 9652)],
  web: { port: 'metrics', path: '/metrics' },
});
