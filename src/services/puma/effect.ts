import { restartsFor } from '../core/effect';
import type { ServiceEffects } from '../core/effect';

const HOME = '/var/opt/gitlab/gitlab-rails/etc/';

/** It reads its files at its start only; the others serve meanwhile. Workhorse's secret in the same folder is in standin.json, too. */
export const pumaEffects: ServiceEffects = {
  owns: [HOME],
  needs: (changes) =>
    restartsFor(changes, {
      program: 'puma',
      title: 'Puma',
      home: HOME,
      files: ['puma.rb', 'standin.json'],
    }),
};
