import { defineService, tcp } from '../core/service';
import { HOST_KEY_SEED } from './secrets';

export const gitlabSshd = defineService({
  id: 'gitlab-sshd',
  layer: 'application',
  needs: ['database', 'cache', 'git', 'access', 'objects'],
  added: 'gitlab',
  title: 'gitlab-sshd',
  deployed: true,
  gitlabRbRoots: ['gitlab_sshd', 'gitlab_shell'],
  decided: ['gitlab_sshd.enable'],
  secrets: [HOST_KEY_SEED],
  ports: [tcp('ssh', 2222), tcp('health', 9122)],
  ssh: 'ssh',
});
