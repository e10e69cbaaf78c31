import { restartsFor } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const WORKHORSE = { program: 'gitlab-workhorse', title: 'Workhorse' };
const HOME = '/var/opt/gitlab/gitlab-workhorse/';

/** What it shares with Puma, which has it in a file of its own. */
const SECRET = '/var/opt/gitlab/gitlab-rails/etc/';

/** Its options are its command line; the secret is read at its start only. */
export const workhorseEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) => [
    ...restartsFor(changes, { ...WORKHORSE, home: HOME, files: ['options'] }),
    ...restartsFor(changes, { ...WORKHORSE, home: SECRET, files: ['gitlab_workhorse_secret'] }),
  ],
};
