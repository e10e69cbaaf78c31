/** What a status says of the services as a whole: one line each, in the order in which people look for them. */
import { consulSummary } from './consul/summary';
import type { ServiceSummary } from './core/summary';
import { etcdSummary } from './etcd/summary';
import type { ServiceStates } from './live';
import { databaseSummary } from './patroni/summary';
import { repositoriesSummary } from './praefect/summary';
import { redisSummary } from './redis/summary';
import { jobsSummary } from './sidekiq/summary';

export const SUMMARIES: readonly ServiceSummary<ServiceStates>[] = [
  databaseSummary,
  redisSummary,
  repositoriesSummary,
  jobsSummary,
  consulSummary,
  etcdSummary,
];
