import { heading } from '../core/starter';
import type { Starter } from '../core/starter';

/** Sidekiq in a new workspace. */
export const sidekiqStarter: Starter = {
  gitlabRb: () =>
    [
      heading('Sidekiq: does what nobody waits for', 113),
      '# Jobs at the same time, each with a connection to the database; the package has 20.',
      "sidekiq['concurrency'] = 5",
      '# One process for every queue.',
      "sidekiq['queue_groups'] = ['*']",
    ].join('\n'),
};
