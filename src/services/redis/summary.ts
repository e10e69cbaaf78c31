import { say } from '../../words/message';
import { sorted } from '../core/summary';
import type { ServiceSummary } from '../core/summary';
import type { RedisState } from './whole';

export const redisSummary: ServiceSummary<{ readonly redis: RedisState }> = {
  title: 'Redis',
  line: ({ redis: { master, replicas } }) =>
    say('master {0}, replicas {1}', master ?? say('unknown'), sorted(replicas, say('none'))),
  leads: { title: (l10n) => l10n.t('Redis master'), node: ({ redis }) => redis.master },
};
