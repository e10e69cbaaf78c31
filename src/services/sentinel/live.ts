import type { LiveService } from '../core/live/live-service';
import { vacant } from '../core/live/view';
import { redisMaster } from '../redis/view';
import { sentinelVerdict } from './health';
import { watchSentinel } from './watch';

export const sentinelLive: LiveService<unknown, unknown, never> = {
  watchNode: watchSentinel,
  verdict: sentinelVerdict,
  suffersVacancy: (view) => vacant(redisMaster(view)),
};
