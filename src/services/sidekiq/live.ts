import { say } from '../../words/message';
import { facts } from '../core/live/health';
import type { Verdict } from '../core/live/health';
import type { LiveService } from '../core/live/live-service';
import type { NodeView, View } from '../core/live/view';
import { SIDEKIQ_ANSWER } from './facts';
import { answersWell } from '../puma/health';
import { parseQueues } from './queues';

export const sidekiqLive: LiveService<unknown, unknown, never> = { verdict: sidekiqVerdict };

/** Its queues are one for the whole cluster, so each node tells the same of them. */
function sidekiqVerdict(view: View, node: NodeView): Verdict {
  const verdict = answersWell(SIDEKIQ_ANSWER, say('takes jobs'))(view, node);
  const answer = node.fact(SIDEKIQ_ANSWER)?.value;
  const queues = answer && parseQueues(answer.body);
  if (!queues) return verdict;
  const { enqueued, busy, retries, dead, processes } = queues;
  const told = facts({ Enqueued: enqueued, Busy: busy, Retries: retries, Dead: dead, Processes: processes });
  if (verdict.health === 'ok' && dead > 0)
    return { health: 'degraded', detail: say('{0} jobs are dead', dead), facts: told };
  return { ...verdict, facts: told };
}
