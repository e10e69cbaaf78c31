import { defineService } from '../core/service';

export const backup = defineService({
  id: 'backup',
  layer: 'observability',
  title: 'Backups',
  deployed: false,
  gitlabRbRoots: ['gitlab_backup_cli'],
  ports: [],
});
