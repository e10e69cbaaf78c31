import { answerOf } from '../puma/answer';

/** What its health server said of itself; undefined when it did not answer. */
export const SIDEKIQ_ANSWER = answerOf('sidekiq');
