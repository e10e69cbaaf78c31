import { answerOf } from './answer';

/** What its readiness page said of itself; undefined when it did not answer. */
export const PUMA_ANSWER = answerOf('puma');
