import { defineService, tcp } from '../core/service';

export const gitlabWorkhorse = defineService({
  id: 'gitlab-workhorse',
  layer: 'application',
  title: 'Workhorse',
  deployed: false,
  gitlabRbRoots: ['gitlab_workhorse'],
  ports: [tcp('workhorse', 8181)],
});
