/**
 * What the services write into a new workspace. Apart from the registry, because nobody but whoever makes one needs so
 * many texts.
 */
import { consulStarter } from './consul/starter';
import type { Starter } from './core/starter';
import { gitalyStarter } from './gitaly/starter';
import { gitlabSshdStarter } from './gitlab-sshd/starter';
import { haproxyStarter } from './haproxy/starter';
import { keepalivedStarter } from './keepalived/starter';
import { nginxStarter } from './nginx/starter';
import { patroniStarter } from './patroni/starter';
import { pgbouncerStarter } from './pgbouncer/starter';
import { praefectStarter } from './praefect/starter';
import { pumaStarter } from './puma/starter';
import { redisStarter } from './redis/starter';
import type { DeployedServiceId } from './registry';
import { sentinelStarter } from './sentinel/starter';
import { sidekiqStarter } from './sidekiq/starter';

/** One for every deployed service that a workspace says something of. */
export const STARTERS: Readonly<Partial<Record<DeployedServiceId, Starter>>> = {
  consul: consulStarter,
  patroni: patroniStarter,
  pgbouncer: pgbouncerStarter,
  redis: redisStarter,
  sentinel: sentinelStarter,
  gitaly: gitalyStarter,
  praefect: praefectStarter,
  puma: pumaStarter,
  sidekiq: sidekiqStarter,
  nginx: nginxStarter,
  'gitlab-sshd': gitlabSshdStarter,
  haproxy: haproxyStarter,
  keepalived: keepalivedStarter,
};
