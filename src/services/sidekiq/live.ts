import { say } from '../../words/message';
import { facts } from '../core/live/health';
import type { Verdict } from '../core/live/health';
import type { LiveService, ValueRule } from '../core/live/live-service';
import type { NodeView, View } from '../core/live/view';
import { answersWell } from '../puma/health';
import { SIDEKIQ_ANSWER } from './facts';
import { isStuck, jobsState, missingInJobs, ofRunningNodes } from './jobs';
import type { JobsState } from './jobs';
import { parseQueues } from './queues';
import { sidekiq } from './service';

/** Absent where no Sidekiq is to run. */
interface SidekiqState {
  readonly jobs?: JobsState;
}

type Kind = 'dead-jobs-changed' | 'jobs-stuck-changed';

const deadJobs: ValueRule<Kind> = {
  kind: 'dead-jobs-changed',
  value: (view) => {
    const dead = view.conclude(jobsState).queues?.dead;
    return dead === undefined ? undefined : String(dead);
  },
  text: (to) => {
    if (to === '0') return say('No job is dead any more');
    return to === '1'
      ? say('1 job is dead: it failed too often and is not tried again')
      : say('{0} jobs are dead: they failed too often and are not tried again', to);
  },
};

const stuckJobs: ValueRule<Kind> = {
  kind: 'jobs-stuck-changed',
  value: (view) => {
    const { queues } = view.conclude(jobsState);
    return queues && (isStuck(queues) ? 'stuck' : 'taken');
  },
  text: (to) =>
    to === 'stuck' ? say('Jobs are stuck: they wait, and nobody takes them') : say('Jobs are taken again'),
};

export const sidekiqLive: LiveService<SidekiqState, unknown, Kind> = {
  verdict: sidekiqVerdict,
  state: (view) =>
    view.placement.membersOf(sidekiq.id).length === 0 ? {} : { jobs: view.conclude(jobsState) },
  missing: ({ jobs }) => (jobs ? missingInJobs(jobs) : []),
  values: [deadJobs, stuckJobs],
};

/** Its queues are one for the whole cluster, so each node tells the same of them. */
function sidekiqVerdict(view: View, node: NodeView): Verdict {
  const verdict = answersWell(SIDEKIQ_ANSWER, say('takes jobs'))(view, node);
  const answer = node.fact(SIDEKIQ_ANSWER)?.value;
  const queues = answer && parseQueues(answer.body);
  if (!queues) return verdict;
  const { enqueued, busy, retries, dead, processes } = ofRunningNodes(view, queues);
  const told = facts({ Enqueued: enqueued, Busy: busy, Retries: retries, Dead: dead, Processes: processes });
  if (verdict.health === 'ok' && dead > 0)
    return { health: 'degraded', detail: say('{0} jobs are dead', dead), facts: told };
  return { ...verdict, facts: told };
}
