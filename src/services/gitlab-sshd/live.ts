import { say } from '../../words/message';
import type { LiveService } from '../core/live/live-service';
import { SSHD_ANSWER } from './facts';
import { answersWell } from '../puma/health';

export const gitlabSshdLive: LiveService<unknown, unknown, never> = {
  verdict: answersWell(SSHD_ANSWER, say('takes SSH connections')),
};
