import type { Place } from './expressions/uses';
import type { Word } from '../syntax/word';
import type { Scope } from './scope';

/** How a line's words are compared with a signature. */
export interface Matching {
  readonly scope: Scope;
  readonly words: readonly Word[];
  /** Where expressions of this line are evaluated; undefined where any fetch may stand. */
  readonly place: Place | undefined;
  /** What the line is about, for messages: `http-request deny`. */
  readonly subject: string;
}
