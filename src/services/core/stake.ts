import type { Message } from '../../words/message';

/** One instance of the service, as the gate before a fault sees it. */
export interface Member {
  readonly node: string;
  /** Serves at this moment: its node runs, is not cut off, and the service is not down or failed. */
  readonly serves: boolean;
  /** Would be lost by what is about to be done. */
  readonly lost: boolean;
}

/**
 * What a service has to lose, declared in its folder and told before something is taken away from a cluster that is
 * not whole. Pure.
 */
export interface Stake<State = unknown> {
  /** Runit name. */
  readonly service: string;
  /** Sentences for people; empty when nothing is at stake. @param members all nodes that are to run the service */
  atStake(state: State, members: readonly Member[]): readonly Message[];
}

/** Those that go on serving. */
export function remaining(members: readonly Member[]): readonly Member[] {
  return members.filter(({ serves, lost }) => serves && !lost);
}

/** The stake of a service of which any will do. @param sentence what does not work without it */
export function whenNoneIsLeft(service: string, sentence: Message): Stake {
  return { service, atStake: (_state, members) => (remaining(members).length > 0 ? [] : [sentence]) };
}

/** How many of these are a majority. */
export function majorityOf(members: readonly unknown[]): number {
  return Math.floor(members.length / 2) + 1;
}

/** True when the node is one of those that would be lost. */
export function isLost(members: readonly Member[], node: string | undefined): boolean {
  return members.some((member) => member.lost && member.node === node);
}
