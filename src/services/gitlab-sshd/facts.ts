import { answerOf } from '../puma/answer';

/** What its health page said of itself; undefined when it did not answer. */
export const SSHD_ANSWER = answerOf('gitlab-sshd');
