import type { LiveService } from '../core/live/live-service';
import { haproxyVerdict } from './health';
import { watchHaproxy } from './watch';

export const haproxyLive: LiveService<unknown, unknown, never> = {
  watchNode: watchHaproxy,
  verdict: haproxyVerdict,
};
