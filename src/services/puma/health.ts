import { listed, say, verbatim } from '../../words/message';
import type { Message } from '../../words/message';
import type { NodeFact } from '../core/live/fact';
import type { Verdict } from '../core/live/health';
import type { NodeView, View } from '../core/live/view';
import { UNASKED } from './ask';
import type { Answer } from './ask';
import { PUMA_ANSWER } from './facts';

/** A part that is well when its page answers 200. @param well what is said of it then */
export function answersWell(fact: NodeFact<Answer | undefined>, well: Message) {
  return (_view: View, node: NodeView): Verdict => {
    const answer = node.fact(fact);
    if (!answer) return { health: 'unknown', detail: say('its health page has not been read') };
    if (!answer.value) return { health: 'degraded', detail: say('does not answer') };
    if (answer.value.status === UNASKED.status)
      return { health: 'ok', detail: say('runs; its health page is off') };
    return answer.value.status === 200
      ? { health: 'ok', detail: well }
      : { health: 'degraded', detail: say('answers {0}', answer.value.status) };
  };
}

/** Puma's readiness page names what is behind it and does not answer. */
export function pumaVerdict(view: View, node: NodeView): Verdict {
  const answer = node.fact(PUMA_ANSWER)?.value;
  const failed = answer && answer.status !== 200 ? failedChecks(answer.body) : [];
  if (failed.length > 0) return { health: 'degraded', detail: say('not ready: {0}', listed(failed)) };
  return answersWell(PUMA_ANSWER, say('ready (stand-in for Rails)'))(view, node);
}

/** What is behind the checks that failed, each once. The checks of Redis fail together and count as one. */
export function failedChecks(body: string): readonly Message[] {
  const names = [...body.matchAll(/"(\w+)_check":\[\{"status":"failed"/g)].map(([, name = '']) => name);
  const behind = new Set(names.map((name) => (name === 'db' || name === 'gitaly' ? name : 'redis')));
  return [...behind].map((name) => BEHIND[name]);
}

const BEHIND = { db: say('database'), gitaly: say('Git storage'), redis: verbatim('Redis') };
