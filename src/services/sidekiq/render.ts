import type { ServiceContext } from '../core/context';
import { privateFile } from '../core/file';
import type { NodeFile } from '../core/file';
import { nodesOf } from '../core/placement';
import { GIT_USER } from '../gitaly/account';
import { SIDEKIQ_SETTINGS } from './settings';

/** The queue every job of the stand-in goes through; `*` means it. */
const QUEUE = 'default';

/** How long its run script notes that a stop may take. */
export function sidekiqEnvironment(context: ServiceContext): Readonly<Record<string, number>> {
  if (nodesOf(context, 'application').length === 0) return {};
  return { LAB_SIDEKIQ_STOP_TIME: context.settings(SIDEKIQ_SETTINGS).shutdownTimeout };
}

/** The program's options, one per line. */
export function renderSidekiq({ settings }: ServiceContext): readonly NodeFile[] {
  const { concurrency, queueGroups, shutdownTimeout } = settings(SIDEKIQ_SETTINGS);
  const queues = queueGroups
    .flatMap((group) => group.split(','))
    .map((name) => (name === '*' ? QUEUE : name));
  const options = [
    `--concurrency`,
    String(concurrency),
    '--timeout',
    String(shutdownTimeout),
    ...[...new Set(queues)].flatMap((name) => ['--queue', name]),
  ];
  return [privateFile('/var/opt/gitlab/sidekiq/options', `${options.join('\n')}\n`, GIT_USER)];
}
