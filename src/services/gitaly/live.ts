import type { LiveService } from '../core/live/live-service';
import { gitalyVerdict } from './health';
import { gitalyReport } from './node-report';
import { watchGitaly } from './watch';

export const gitalyLive: LiveService<unknown, unknown, never> = {
  watchNode: watchGitaly,
  verdict: gitalyVerdict,
  nodeReport: gitalyReport,
};
