/**
 * What the services write into a new workspace. Apart from the registry, because nobody but whoever makes one needs so
 * many texts.
 */
import { consulStarter } from './consul/starter';
import type { Starter } from './core/starter';
import { haproxyStarter } from './haproxy/starter';
import { keepalivedStarter } from './keepalived/starter';
import { patroniStarter } from './patroni/starter';
import { pgbouncerStarter } from './pgbouncer/starter';
import { redisStarter } from './redis/starter';
import type { DeployedServiceId } from './registry';
import { sentinelStarter } from './sentinel/starter';

/** One for every deployed service that a workspace says something of. */
export const STARTERS: Readonly<Partial<Record<DeployedServiceId, Starter>>> = {
  consul: consulStarter,
  patroni: patroniStarter,
  pgbouncer: pgbouncerStarter,
  redis: redisStarter,
  sentinel: sentinelStarter,
  haproxy: haproxyStarter,
  keepalived: keepalivedStarter,
};
