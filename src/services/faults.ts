/** The faults that the services declare: one line each for a service that has some. */
import type { ClientWayId } from './client-ways';
import type { FaultAim, ServiceFault } from './core/fault';
import { etcdFaults, etcdLeader } from './etcd/faults';
import { gitalyFaults, primaryGitaly } from './gitaly/faults';
import { sshdFaults } from './gitlab-sshd/faults';
import { workhorseFaults } from './gitlab-workhorse/faults';
import { haproxyFaults } from './haproxy/faults';
import { keepalivedFaults, vipHolder } from './keepalived/faults';
import type { ServiceStates } from './live';
import { nginxFaults } from './nginx/faults';
import { objectStorageFaults, objectStore } from './object-storage/faults';
import { databaseLeader, patroniFaults } from './patroni/faults';
import { praefectFaults, praefectNode } from './praefect/faults';
import { applicationNode, pumaFaults } from './puma/faults';
import { redisFaults, redisMasterAim } from './redis/faults';
import { sidekiqFaults } from './sidekiq/faults';

const DECLARED = [
  ...patroniFaults,
  ...redisFaults,
  ...haproxyFaults,
  ...keepalivedFaults,
  ...etcdFaults,
  ...gitalyFaults,
  ...praefectFaults,
  ...pumaFaults,
  ...nginxFaults,
  ...workhorseFaults,
  ...sidekiqFaults,
  ...sshdFaults,
  ...objectStorageFaults,
] as const;
const AIMS = [
  databaseLeader,
  redisMasterAim,
  vipHolder,
  etcdLeader,
  primaryGitaly,
  praefectNode,
  applicationNode,
  objectStore,
] as const;

export type FaultId = (typeof DECLARED)[number]['id'];
export type FaultAimId = (typeof AIMS)[number]['id'];

/** A fault as those see it who know none by name. */
export interface Fault extends ServiceFault {
  readonly id: FaultId;
  readonly aim: FaultAimId;
  readonly feltBy?: ClientWayId;
}

/** In the order in which people are offered them. */
export const SERVICE_FAULTS: readonly Fault[] = DECLARED;

/** What is seen of the cluster: what services conclude, and how they are on each node. */
type Seen = ServiceStates & {
  readonly nodes: readonly {
    readonly name: string;
    readonly services: readonly { readonly service: string; readonly health: string }[];
  }[];
};

interface KnownAim extends FaultAim<Seen> {
  readonly id: FaultAimId;
  readonly feltBy: ClientWayId;
}

export const FAULT_AIMS: readonly KnownAim[] = AIMS;
