import { defineService, tcp } from '../core/service';

export const gitaly = defineService({
  id: 'gitaly',
  layer: 'git',
  title: 'Gitaly',
  deployed: false,
  gitlabRbRoots: ['gitaly'],
  ports: [tcp('gitaly', 8075)],
});
