import type { LiveService } from '../core/live/live-service';
import { pumaVerdict } from './health';
import { watchApplication } from './watch';

export const pumaLive: LiveService<unknown, unknown, never> = {
  watchNode: watchApplication,
  verdict: pumaVerdict,
};
