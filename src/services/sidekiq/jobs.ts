import { say } from '../../words/message';
import type { Message } from '../../words/message';
import type { View } from '../core/live/view';
import { SIDEKIQ_ANSWER } from './facts';
import { parseQueues } from './queues';
import type { Queues } from './queues';

/** The jobs as everybody may see them; undefined while no Sidekiq has said. */
export interface JobsState {
  readonly queues: Queues | undefined;
}

/** A job that waits longer is one that nobody takes; those that are tried again are looked for every few seconds. */
const PATIENCE_S = 30;

/** All of them ask the same Redis, one after the other: the last word counts. */
export function jobsState(view: View): JobsState {
  const said = view.nodes.flatMap((node) => {
    const answer = node.fact(SIDEKIQ_ANSWER)?.value;
    return (answer?.status === 200 ? parseQueues(answer.body) : undefined) ?? [];
  });
  const newest = said.reduce<Queues | undefined>(
    (known, queues) => (known && known.asOf >= queues.asOf ? known : queues),
    undefined,
  );
  return { queues: newest && ofRunningNodes(view, newest) };
}

/** The same without processes of nodes that do not run: Redis keeps them for a while. */
export function ofRunningNodes(view: View, queues: Queues): Queues {
  const workers = queues.workers.filter(({ node }) => view.node(node)?.usable !== false);
  return { ...queues, workers, processes: queues.processes - queues.workers.length + workers.length };
}

/** True while jobs wait that somebody should have taken long ago. */
export function isStuck({ queues, overdue }: Queues): boolean {
  return overdue > PATIENCE_S || queues.some(({ longest, waiting }) => waiting > 0 && longest > PATIENCE_S);
}

/** No job that nobody takes. Dead ones are told with the health of Sidekiq. */
export function missingInJobs({ queues }: JobsState): readonly Message[] {
  if (queues === undefined || !isStuck(queues)) return [];
  const waiting = queues.enqueued + queues.retries;
  return [waiting === 1 ? say('jobs: 1 is stuck') : say('jobs: {0} wait, some are stuck', waiting)];
}
