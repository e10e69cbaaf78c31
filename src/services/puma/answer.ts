import { nodeFact } from '../core/live/fact';
import type { NodeFact, Source } from '../core/live/fact';
import type { Answer } from './ask';

/** The health pages of the application's parts. */
export const APPLICATION_SOURCE: Source = { id: 'application', freshMs: 20_000 };

/** What a part said when it was asked; undefined when it did not answer. @param part its service's id */
export function answerOf(part: string): NodeFact<Answer | undefined> {
  return nodeFact<Answer | undefined>(`${part}-answer`, APPLICATION_SOURCE);
}
