import { portOf, reachedFrom } from '../core/ports';
import type { ServiceDefinition } from '../core/service';
import { seenOn } from '../core/live/fact';
import type { NodeFact } from '../core/live/fact';
import type { WatchContext } from '../core/watch/context';
import type { Pace } from '../core/watch/poll';
import { pollByScript } from '../core/watch/poll-by-script';
import { SSHD_ANSWER } from '../gitlab-sshd/facts';
import { gitlabSshd } from '../gitlab-sshd/service';
import { WORKHORSE_ANSWER } from '../gitlab-workhorse/facts';
import { gitlabWorkhorse } from '../gitlab-workhorse/service';
import { WORKHORSE_SOCKET } from '../gitlab-workhorse/settings';
import { NGINX_ANSWER } from '../nginx/facts';
import { nginx } from '../nginx/service';
import { SIDEKIQ_ANSWER } from '../sidekiq/facts';
import { sidekiq } from '../sidekiq/service';
import { ASK_SCRIPT, parseAnswers, UNASKED } from './ask';
import type { Answer } from './ask';
import { APPLICATION_SOURCE } from './answer';
import { PUMA_ANSWER } from './facts';
import { puma } from './service';

const PACE: Pace = { quietMs: 4_000, hurriedMs: 1_000 };
const SILENCE_MS = 20_000;

interface Target {
  readonly fact: NodeFact<Answer | undefined>;
  readonly name: string;
  /** `host:port` or the path of a socket; undefined where it does not listen. */
  readonly place: string | undefined;
  readonly page: string;
}

/** Asks all parts of the application on a node. */
export function watchApplication(context: WatchContext, node: string): Promise<void> {
  const targets = targetsOn(context, node);
  return pollByScript(context, APPLICATION_SOURCE, {
    node,
    name: 'observe-application',
    script: ASK_SCRIPT,
    parameters: targets.flatMap(({ name, place, page }) => (place === undefined ? [] : [name, place, page])),
    pace: PACE,
    silenceMs: SILENCE_MS,
    isPoor: (line) =>
      [...parseAnswers(line).values()].some((answer) => answer === undefined || answer.status >= 500),
    onLine(line) {
      const answers = parseAnswers(line);
      for (const { fact, name, place } of targets) {
        const said = place === undefined ? UNASKED : answers.get(name);
        context.emit(seenOn(fact, node, context.now(), said));
      }
    },
  });
}

/** In the order in which they are asked. A part that listens nowhere is not. */
function targetsOn(context: WatchContext, node: string): readonly Target[] {
  const at = (service: ServiceDefinition, port: string, usual?: string): string | undefined =>
    reachedFrom(node, context, service, port, usual);
  return [
    {
      fact: PUMA_ANSWER,
      name: 'puma',
      // Whatever else it listens at, the loopback is among it.
      place: `127.0.0.1:${portOf(puma, 'puma', context.ports[node])}`,
      page: '/-/readiness?all=1',
    },
    { fact: SIDEKIQ_ANSWER, name: 'sidekiq', place: at(sidekiq, 'health'), page: '/queues' },
    {
      fact: WORKHORSE_ANSWER,
      name: 'gitlab-workhorse',
      place: at(gitlabWorkhorse, 'workhorse', WORKHORSE_SOCKET),
      page: '/-/workhorse/health',
    },
    { fact: NGINX_ANSWER, name: 'nginx', place: at(nginx, 'status'), page: '/nginx_status' },
    { fact: SSHD_ANSWER, name: 'gitlab-sshd', place: at(gitlabSshd, 'health'), page: '/health' },
  ];
}
