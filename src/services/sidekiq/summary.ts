import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { ServiceSummary } from '../core/summary';
import { isStuck } from './jobs';
import type { JobsState } from './jobs';

/** How many jobs wait, run, failed, and how many processes there are for them. */
export const jobsSummary: ServiceSummary<{ readonly jobs?: JobsState }> = {
  title: 'Jobs',
  line: ({ jobs }) => {
    if (jobs === undefined) return undefined;
    if (jobs.queues === undefined) return say('not known');
    const { enqueued, busy, retries, dead, processes } = jobs.queues;
    const parts: readonly Message[] = [
      say('{0} waiting, {1} running', enqueued, busy),
      ...(retries > 0 ? [say('{0} to be tried again', retries)] : []),
      ...(dead > 0 ? [say('{0} dead', dead)] : []),
      ...(isStuck(jobs.queues) ? [say('some are stuck')] : []),
      processes === 1 ? say('1 Sidekiq process') : say('{0} Sidekiq processes', processes),
    ];
    return listed(parts, '; ');
  },
};
