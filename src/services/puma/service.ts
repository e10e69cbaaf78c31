import { defineService, tcp } from '../core/service';
import { ROOT_PASSWORD, ROOT_TOKEN, WORKHORSE_SECRET } from './secrets';

export const puma = defineService({
  id: 'puma',
  layer: 'application',
  needs: ['database', 'cache', 'git', 'objects'],
  added: true,
  title: 'Puma (stand-in for Rails)',
  shortTitle: 'Puma',
  standIn: true,
  deployed: true,
  gitlabRbRoots: ['puma', 'gitlab_rails'],
  decided: ['puma.enable'],
  secrets: [ROOT_PASSWORD, ROOT_TOKEN, WORKHORSE_SECRET],
  ports: [tcp('puma', 8080)],
});
