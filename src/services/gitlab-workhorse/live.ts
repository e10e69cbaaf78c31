import { say } from '../../words/message';
import type { LiveService } from '../core/live/live-service';
import { WORKHORSE_ANSWER } from './facts';
import { answersWell } from '../puma/health';

export const gitlabWorkhorseLive: LiveService<unknown, unknown, never> = {
  verdict: answersWell(WORKHORSE_ANSWER, say('passes on to Puma (stand-in)')),
};
