import { defineService, tcp } from '../core/service';

export const gitlabWorkhorse = defineService({
  id: 'gitlab-workhorse',
  layer: 'application',
  needs: ['database', 'cache', 'git', 'access', 'objects'],
  added: 'gitlab',
  title: 'Workhorse (stand-in)',
  shortTitle: 'Workhorse',
  standIn: true,
  deployed: true,
  gitlabRbRoots: ['gitlab_workhorse'],
  decided: ['gitlab_workhorse.enable', 'gitlab_workhorse.auth_backend'],
  monitoringPages: 'workhorse',
  ports: [tcp('workhorse', 8181)],
});
