import type { Message } from '../../words/message';
import type { Health } from './live/health';

/** A copy or a part of a thing, as a replica of a repository. */
export interface Part {
  readonly name: string;
  readonly health: Health;
  /** What a row says of it beside its name; undefined where nothing is to be said. */
  readonly detail?: Message;
}

/** One of the things that a service keeps for its users. */
export interface Thing {
  /** Unique among the service's things, and the same as long as it exists. */
  readonly id: string;
  /** What it is called where there is little room. */
  readonly name: string;
  readonly health: Health;
  readonly detail: Message;
  readonly parts: readonly Part[];
}

/** What a service keeps, for a person to look at. */
export interface Contents {
  /** How many there are; the list may be shorter. */
  readonly count: number;
  readonly summary: Message;
  readonly things: readonly Thing[];
}

/** A service that tells what it keeps. Pure. @typeParam State its part of the cluster's public state */
export interface ServiceContents<State = unknown> {
  readonly service: string;
  /** What they are called together, for people. */
  readonly title: string;
  /** Undefined while it is not known, and where the lab has none of it. */
  of(state: State): Contents | undefined;
}
