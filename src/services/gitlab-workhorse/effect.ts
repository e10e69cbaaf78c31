import { restartsFor } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/gitlab-workhorse/';

/** Its options are its command line. */
export const workhorseEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) =>
    restartsFor(changes, { program: 'gitlab-workhorse', title: 'Workhorse', home: HOME, files: ['options'] }),
};
