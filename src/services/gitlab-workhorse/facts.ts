import { answerOf } from '../puma/answer';

/** What its health page said of itself; undefined when it did not answer. */
export const WORKHORSE_ANSWER = answerOf('gitlab-workhorse');
