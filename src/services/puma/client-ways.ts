import type { ClientWay, SettingsOf } from '../core/client-way';
import { NGINX_SETTINGS } from '../nginx/settings';
import { homeOf } from '../praefect/whole';
import type { RepositoriesState } from '../praefect/whole';
import { PROBE_REPOSITORY } from './probe-repository';
import { ROOT_TOKEN } from './secrets';

/** As a visitor or a script does: to nginx, as the first user. */
const VISITOR = {
  layer: 'application',
  tls: true,
  port: (settings: SettingsOf) => settings(NGINX_SETTINGS).port,
  login: (_settings, secret, { domain }) => ({ token: secret(ROOT_TOKEN), domain }),
} as const satisfies Partial<ClientWay>;

/** A page loads. */
export const webWay = {
  ...VISITOR,
  id: 'web',
  title: 'GitLab page',
  attempts: 'Page loads',
  passes: ['HAProxy', 'nginx', 'Workhorse', 'Puma'],
  command: 'web',
  keeps: false,
  pace: { intervalMs: 150, timeoutMs: 1_000, slowMs: 700 },
} as const satisfies ClientWay;

/** A commit is taken, by way of Praefect. */
export const commitWay = {
  ...VISITOR,
  id: 'commit',
  title: 'Git repository',
  attempts: 'Commits',
  passes: ['HAProxy', 'nginx', 'Workhorse', 'Puma', 'Praefect', 'Gitaly'],
  command: 'commit',
  leader: ({ git }) => git && homeOf(git, PROBE_REPOSITORY),
  pace: { intervalMs: 500, timeoutMs: 3_000, slowMs: 1_500 },
} as const satisfies ClientWay<{ readonly git?: RepositoriesState }>;

/** A job is done, from the commit that starts it. */
export const jobWay = {
  ...VISITOR,
  id: 'job',
  title: 'jobs',
  attempts: 'Jobs',
  passes: ['HAProxy', 'Puma', 'Praefect', 'Gitaly', 'Sidekiq', 'object-storage'],
  command: 'job',
  pace: { intervalMs: 1_000, timeoutMs: 15_000, slowMs: 4_000 },
} as const satisfies ClientWay;
