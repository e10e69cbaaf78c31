/** The faults that the services declare: one line each for a service that has some. */
import type { ClientWayId } from './client-ways';
import type { FaultAim, ServiceFault } from './core/fault';
import { etcdFaults, etcdLeader } from './etcd/faults';
import { haproxyFaults } from './haproxy/faults';
import { keepalivedFaults, vipHolder } from './keepalived/faults';
import type { ServiceStates } from './live';
import { databaseLeader, patroniFaults } from './patroni/faults';
import { redisFaults, redisMasterAim } from './redis/faults';

const DECLARED = [
  ...patroniFaults,
  ...redisFaults,
  ...haproxyFaults,
  ...keepalivedFaults,
  ...etcdFaults,
] as const;
const AIMS = [databaseLeader, redisMasterAim, vipHolder, etcdLeader] as const;

export type FaultId = (typeof DECLARED)[number]['id'];
export type FaultAimId = (typeof AIMS)[number]['id'];

/** A fault as those see it who know none by name. */
export interface Fault extends ServiceFault {
  readonly id: FaultId;
  readonly aim: FaultAimId;
}

/** In the order in which people are offered them. */
export const SERVICE_FAULTS: readonly Fault[] = DECLARED;

interface KnownAim extends FaultAim<ServiceStates> {
  readonly id: FaultAimId;
  readonly feltBy: ClientWayId;
}

export const FAULT_AIMS: readonly KnownAim[] = AIMS;
