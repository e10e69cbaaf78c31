/** What services have to lose: one line each for a service that has something. */
import { consulStake } from './consul/stake';
import type { Stake } from './core/stake';
import { etcdStake } from './etcd/stake';
import { gitalyStake } from './gitaly/stake';
import { sshdStake } from './gitlab-sshd/stake';
import { workhorseStake } from './gitlab-workhorse/stake';
import { haproxyStake } from './haproxy/stake';
import { vipStake } from './keepalived/stake';
import type { ServiceStates } from './live';
import { nginxStake } from './nginx/stake';
import { objectStorageStake } from './object-storage/stake';
import { databaseStake } from './patroni/stake';
import { pgbouncerStake } from './pgbouncer/stake';
import { praefectStake } from './praefect/stake';
import { pumaStake } from './puma/stake';
import { redisStake } from './redis/stake';
import { sentinelStake } from './sentinel/stake';
import { sidekiqStake } from './sidekiq/stake';

/** In the order in which people are told of them: what can be lost before what only stands still. */
export const STAKES: readonly Stake<ServiceStates>[] = [
  databaseStake,
  redisStake,
  gitalyStake,
  consulStake,
  etcdStake,
  sentinelStake,
  vipStake,
  haproxyStake,
  pgbouncerStake,
  praefectStake,
  pumaStake,
  workhorseStake,
  nginxStake,
  sidekiqStake,
  sshdStake,
  objectStorageStake,
];
