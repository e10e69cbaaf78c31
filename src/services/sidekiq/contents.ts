import { listed, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Part, ServiceContents, Thing } from '../core/contents';
import type { Health } from '../core/live/health';
import { isStuck } from './jobs';
import type { JobsState } from './jobs';
import type { Job, JobStage, Queues } from './queues';

const HEALTH: Readonly<Record<JobStage, Health>> = {
  wait: 'ok',
  run: 'ok',
  retry: 'degraded',
  dead: 'failed',
};

/** Queues, and the jobs that wait in each, run, or failed. */
export const jobContents = {
  service: 'sidekiq',
  title: 'Queues',
  of: ({ jobs }) => {
    const queues = jobs?.queues;
    if (queues === undefined) return undefined;
    const things = namesOf(queues).map((name) => thingOf(name, queues));
    return { count: things.length, summary: summaryOf(queues), things };
  },
} as const satisfies ServiceContents<{ readonly jobs?: JobsState }>;

/** Redis forgets a queue in which nothing waits; its jobs that run or failed still name it. */
function namesOf({ queues, jobs }: Queues): readonly string[] {
  return [...new Set([...queues.map(({ name }) => name), ...jobs.map(({ queue }) => queue)])].sort();
}

function summaryOf({ enqueued, busy, retries, dead }: Queues): Message {
  return listed([
    say('{0} waiting', enqueued),
    say('{0} running', busy),
    ...(retries > 0 ? [say('{0} to be tried again', retries)] : []),
    ...(dead > 0 ? [say('{0} dead', dead)] : []),
  ]);
}

function thingOf(name: string, all: Queues): Thing {
  const jobs = all.jobs.filter(({ queue }) => queue === name);
  const own = all.queues.filter((queue) => queue.name === name);
  const stuck = isStuck({ ...all, queues: own, overdue: jobs.some(isRetry) ? all.overdue : 0 });
  const waiting = own[0]?.waiting ?? 0;
  const health = jobs.some(({ stage }) => stage === 'dead') || stuck ? 'degraded' : 'ok';
  return {
    id: name,
    name,
    health,
    detail: stuck ? say('{0} waiting, and nobody takes them', waiting) : say('{0} waiting', waiting),
    parts: jobs.map(partOf),
  };
}

const isRetry = ({ stage }: Job): boolean => stage === 'retry';

function partOf({ stage, name, node, seconds }: Job): Part {
  const part = { name, health: HEALTH[stage] };
  switch (stage) {
    case 'wait':
      return { ...part, detail: say('waits for {0} s', seconds) };
    case 'run':
      return {
        ...part,
        detail:
          node === undefined ? say('runs for {0} s', seconds) : say('runs on {0} for {1} s', node, seconds),
      };
    case 'retry':
      return { ...part, detail: say('failed; tried again in {0} s', seconds) };
    case 'dead':
      return { ...part, detail: say('dead: failed too often') };
  }
}
