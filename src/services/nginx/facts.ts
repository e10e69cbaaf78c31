import { answerOf } from '../puma/answer';

/** What its status page said of itself; undefined when it did not answer. */
export const NGINX_ANSWER = answerOf('nginx');
