import { restartsFor } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/gitlab-sshd/';

/** It reads its files at its start only. */
export const sshdEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) =>
    restartsFor(changes, {
      program: 'gitlab-sshd',
      title: 'gitlab-sshd',
      home: HOME,
      files: ['config.yml', 'ssh_host_ed25519_key', 'gitlab_shell_secret'],
    }),
};
