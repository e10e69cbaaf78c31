import { declaredAs, say } from '../../words/message';
import type { Message } from '../../words/message';
import type { Event } from '../../observe/event';
import { clientWay } from '../../services/client-ways';
import type { Loss } from './loss';
import type { Outage } from './outage';
import type { ProbePath } from './write-attempt';

/** A deed needs a moment to be felt: an interruption that begins within it is its consequence. Milliseconds. */
export const ONSET_MS = 2_500;

/** What a client that writes on one way felt of something that was done. */
export interface Felt {
  readonly path: ProbePath;
  readonly outage: Outage;
  /** Undefined when what is stored could not be read. */
  readonly loss: Loss | undefined;
}

/** What became of a client's writes. */
export type Fate =
  /** No pause that a person would notice. */
  | 'went-on'
  /** Interrupted, and acknowledged again. */
  | 'came-back'
  /** Not acknowledged again as long as it was looked at. */
  | 'missing';

/** What became of the writes of one way. Pure. */
export function fateOf({ outage }: Felt): Fate {
  const caused = outage.interruptions.find(({ from }) => from <= outage.faultAt + ONSET_MS);
  if (!caused) return 'went-on';
  return caused.to === undefined ? 'missing' : 'came-back';
}

/** What a client felt, as an event of the timeline. Pure. @param endAt when it was looked at last */
export function feltEvent(felt: Felt, endAt: number): Event {
  const { path, outage } = felt;
  const since = outage.faultAt;
  const fate = fateOf(felt);
  const said = fateText(fate, path);
  switch (fate) {
    case 'went-on':
      return { at: endAt, kind: 'writes-went-on', since, text: withLoss(felt, said) };
    case 'came-back':
      return { at: outage.recoveredAt ?? endAt, kind: 'writes-again', since, text: withLoss(felt, said) };
    case 'missing':
      return { at: endAt, kind: 'writes-missing', since, text: said };
  }
}

function fateText(fate: Fate, path: ProbePath): Message {
  const { title, attempts } = clientWay(path);
  const done = attempts === undefined ? undefined : declaredAs(attempts);
  switch (fate) {
    case 'went-on':
      return done ? say('{0} went on', done) : say('Writes to {0} went on', title);
    case 'came-back':
      return done ? say('{0} work again', done) : say('Writes to {0} are acknowledged again', title);
    case 'missing':
      return done ? say('{0} do not work any more', done) : say('No write to {0} is acknowledged', title);
  }
}

function withLoss({ loss }: Felt, said: Message): Message {
  if (!loss || loss.lost.length === 0) return said;
  return say('{0}; {1} of {2} acknowledged ones are lost', said, loss.lost.length, loss.acknowledged);
}
