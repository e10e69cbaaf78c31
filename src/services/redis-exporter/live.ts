import type { LiveService } from '../core/live/live-service';
import { redisExporterVerdict } from './health';
import { watchRedisExporter } from './watch';

export const redisExporterLive: LiveService<unknown, unknown, never> = {
  watchNode: watchRedisExporter,
  verdict: redisExporterVerdict,
};
