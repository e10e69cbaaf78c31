import { say } from '../../words/message';
import type { LiveService } from '../core/live/live-service';
import { NGINX_ANSWER } from './facts';
import { answersWell } from '../puma/health';

export const nginxLive: LiveService<unknown, unknown, never> = {
  verdict: answersWell(NGINX_ANSWER, say('passes on to Workhorse')),
};
