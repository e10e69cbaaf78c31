/** What changes of their files mean for the services, one line each: what a plan of a change knows of them. */
import { consulEffects } from './consul/effect';
import { hardest, isOwned } from './core/effect';
import type { FileChange, Need, ProgramNeed, ServiceEffects, WaitingProgram } from './core/effect';
import { etcdEffects } from './etcd/effect';
import { gitalyEffects } from './gitaly/effect';
import { sshdEffects } from './gitlab-sshd/effect';
import { workhorseEffects } from './gitlab-workhorse/effect';
import { haproxyEffects } from './haproxy/effect';
import { keepalivedEffects } from './keepalived/effect';
import { nginxEffects } from './nginx/effect';
import { objectStorageEffects } from './object-storage/effect';
import { patroniEffects } from './patroni/effect';
import { pgbouncerEffects } from './pgbouncer/effect';
import { praefectEffects } from './praefect/effect';
import { pumaEffects } from './puma/effect';
import { redisEffects } from './redis/effect';
import { redisExporterEffects } from './redis-exporter/effect';
import type { DeployedServiceId } from './registry';
import { sentinelEffects } from './sentinel/effect';
import { sidekiqEffects } from './sidekiq/effect';

const EFFECTS: Readonly<Record<DeployedServiceId, ServiceEffects>> = {
  consul: consulEffects,
  etcd: etcdEffects,
  patroni: patroniEffects,
  pgbouncer: pgbouncerEffects,
  redis: redisEffects,
  sentinel: sentinelEffects,
  gitaly: gitalyEffects,
  praefect: praefectEffects,
  puma: pumaEffects,
  sidekiq: sidekiqEffects,
  'gitlab-workhorse': workhorseEffects,
  nginx: nginxEffects,
  'gitlab-sshd': sshdEffects,
  haproxy: haproxyEffects,
  keepalived: keepalivedEffects,
  'object-storage': objectStorageEffects,
  'redis-exporter': redisExporterEffects,
};

/** What the programs of all services need because of these changes, in the order of the services. */
export function programNeeds(changes: readonly FileChange[]): readonly ProgramNeed[] {
  return Object.values(EFFECTS).flatMap(({ needs }) => needs(changes));
}

/** True when some service says what a change of this file means. */
export function isServiceFile(path: string): boolean {
  return Object.values(EFFECTS).some(({ owns }) => isOwned(path, owns));
}

/** How a program that waits for its next start is started anew; undefined when no service says so. */
export function waitingProgram(program: string): WaitingProgram | undefined {
  const found = Object.values(EFFECTS).find(({ waiting = {} }) => Object.hasOwn(waiting, program));
  return found?.waiting?.[program];
}

export { hardest };
export type { FileChange, Need, ProgramNeed, WaitingProgram };
