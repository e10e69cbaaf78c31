import { listed } from '../core/summary';
import type { ServiceSummary } from '../core/summary';
import type { RedisState } from './whole';

export const redisSummary: ServiceSummary<{ readonly redis: RedisState }> = {
  title: 'Redis',
  line: ({ redis: { master, replicas } }) =>
    `master ${master ?? 'unknown'}, replicas ${listed(replicas, 'none')}`,
  leads: { title: (l10n) => l10n.t('Redis master'), node: ({ redis }) => redis.master },
};
