import { say } from '../../words/message';
import type { LiveService } from '../core/live/live-service';
import { vacant } from '../core/live/view';
import { redisVerdict } from './health';
import { redisMaster } from './view';
import { watchRedis } from './watch';
import { missingInRedis, redisState } from './whole';
import type { RedisState } from './whole';

export const redisLive: LiveService<{ readonly redis: RedisState }, unknown, 'redis-master-changed'> = {
  watchNode: watchRedis,
  verdict: redisVerdict,
  suffersVacancy: (view) => vacant(redisMaster(view)),
  state: (view) => ({ redis: redisState(view) }),
  missing: ({ redis }, nodes) => missingInRedis(redis, nodes),
  holders: [{ kind: 'redis-master-changed', title: say('Redis master'), held: redisMaster }],
};
