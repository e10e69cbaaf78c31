import { defineService, tcp } from '../core/service';
import { ROOT_PASSWORD, ROOT_TOKEN, WORKHORSE_SECRET } from './secrets';

export const puma = defineService({
  id: 'puma',
  layer: 'application',
  needs: ['database', 'cache', 'git', 'access', 'objects'],
  added: 'gitlab',
  title: 'Puma (stand-in for Rails)',
  shortTitle: 'Puma',
  standIn: true,
  deployed: true,
  gitlabRbRoots: ['puma', 'gitlab_rails'],
  roles: ['application_role'],
  decided: ['puma.enable'],
  secrets: [ROOT_PASSWORD, ROOT_TOKEN, WORKHORSE_SECRET],
  signIn: ['/opt/gitlab/lab/sign-in'],
  commands: ['gitlab-rake'],
  answersMonitoring: true,
  monitoringPages: 'puma',
  ports: [tcp('puma', 8080)],
});
