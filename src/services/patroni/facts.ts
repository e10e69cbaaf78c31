import { CONSUL_SOURCE, CONTENTS_FRESH_MS } from '../consul/facts';
import type { DeclaredName } from '../core/live/declared';
import { clusterFact, nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';

/** The REST API of each node's Patroni. */
export const PATRONI_SOURCE: Source = { id: 'patroni', freshMs: 10_000 };

/** The application's database and account, as clients log in. */
export const DATABASE_NAME: DeclaredName = { name: 'databaseName', byDefault: 'gitlabhq_production' };
export const DATABASE_USER: DeclaredName = { name: 'databaseUser', byDefault: 'gitlab' };

/** Its keys are under `service/<scope>/` in Consul. */
export const PATRONI_SCOPE: DeclaredName = { name: 'patroniScope', byDefault: 'postgresql-ha' };

/** One member as Patroni writes it into the DCS (`members/<name>`). */
export interface PatroniMember {
  readonly name: string;
  /** Host part of its connection URL. */
  readonly address: string | undefined;
  readonly role: string;
  readonly state: string;
  /** `streaming`, `in archive recovery`; absent in versions that do not write it, and on a leader. */
  readonly replication: string | undefined;
  readonly timeline: number | undefined;
  /** Position in the write-ahead log, bytes. */
  readonly position: number | undefined;
  readonly version: string | undefined;
}

/** All of Patroni's keys of one cluster, read together. */
export interface PatroniKeys {
  /** Member name that holds the leader key. */
  readonly leader: string | undefined;
  readonly members: readonly PatroniMember[];
  readonly sync: {
    readonly leader: string | undefined;
    readonly standbys: readonly string[];
    /** Set in quorum mode, where it does not matter which of the standbys acknowledge: how many must. */
    readonly acknowledging?: number;
  };
  /** True while a manual failover or switchover is requested. */
  readonly failoverRequested: boolean;
  /** Timeline of the newest entry in `history` plus one: what the present leader should be on. */
  readonly historyTimeline: number | undefined;
  /** Last position of the leader as in `status`, bytes. */
  readonly leaderPosition: number | undefined;
}

/** Answer of Patroni's own REST API on one node. */
export interface PatroniRest {
  readonly role: string;
  readonly state: string;
  readonly timeline: number | undefined;
  readonly replication: string | undefined;
  readonly position: number | undefined;
  readonly syncStandby: boolean;
  /** One of those of which a number must acknowledge; absent otherwise. */
  readonly quorumStandby?: true;
  readonly patroniVersion: string | undefined;
  readonly serverVersion: string | undefined;
  /** Replicas attached to this leader, by application name. */
  readonly attached: readonly { readonly name: string; readonly state: string; readonly sync: string }[];
}

/** Undefined: Patroni's REST API refused or did not answer in time. */
export const PATRONI_REST = nodeFact<PatroniRest | undefined>('patroni-rest', PATRONI_SOURCE);

/** All keys, with Consul's index: a higher one is newer, whichever agent answered. */
export const PATRONI_KEYS = clusterFact<PatroniKeys>('patroni-keys', CONSUL_SOURCE, {
  freshMs: CONTENTS_FRESH_MS,
});

/** The member in the leader key alone, read more often than all keys; only of use beside them. */
export const PATRONI_LEADER = clusterFact<string | undefined>('patroni-leader', CONSUL_SOURCE, {
  freshMs: Infinity,
});
