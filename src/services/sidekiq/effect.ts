import { restartsFor } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/sidekiq/';
/** What the application goes by, which it loads too. */
const APPLICATION = '/var/opt/gitlab/gitlab-rails/etc/';

/** Its options are its command line; the application's file is read at its start only. */
export const sidekiqEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) => [
    ...restartsFor(changes, { program: 'sidekiq', title: 'Sidekiq', home: HOME, files: ['options'] }),
    ...restartsFor(changes, {
      program: 'sidekiq',
      title: 'Sidekiq',
      home: APPLICATION,
      files: ['standin.json'],
    }),
  ],
};
