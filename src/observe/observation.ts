import type { ContainerState } from './state';

/**
 * Raw facts as the sources give them, before anything is concluded. `at` is milliseconds since the epoch, the
 * moment the fact was received. Node names are those of the cluster; addresses are IPv4.
 */
export type SourceId = 'docker' | 'node' | 'consul' | 'patroni' | 'sentinel' | 'redis' | 'haproxy';

/** runit's view of one service (supervise/stat and supervise/pid). */
export interface RunitStatus {
  readonly state: 'run' | 'down' | 'finish';
  /** 0 when nothing runs. */
  readonly pid: number;
  /** What the administrator asked for; differs from `state` while runit works on it. */
  readonly wanted: 'up' | 'down';
}

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
  readonly sync: { readonly leader: string | undefined; readonly standbys: readonly string[] };
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
  readonly patroniVersion: string | undefined;
  readonly serverVersion: string | undefined;
  /** Replicas attached to this leader, by application name. */
  readonly attached: readonly { readonly name: string; readonly state: string; readonly sync: string }[];
}

export interface ConsulServer {
  readonly name: string;
  readonly address: string;
  /** alive, leaving, left, failed, none. */
  readonly serf: string;
  readonly voter: boolean;
  readonly leader: boolean;
  readonly healthy: boolean;
  readonly version: string | undefined;
}

export interface ConsulCheck {
  readonly node: string;
  readonly id: string;
  readonly service: string;
  readonly status: string;
}

export interface RedisInfo {
  readonly role: 'master' | 'slave';
  readonly masterAddress: string | undefined;
  readonly linkUp: boolean | undefined;
  readonly syncInProgress: boolean;
  readonly connectedReplicas: number | undefined;
  readonly offset: number | undefined;
  readonly version: string | undefined;
}

/** What one Sentinel believes. */
export interface SentinelView {
  readonly masterAddress: string | undefined;
  /** Grows with every failover: the Sentinel with the highest one knows best. */
  readonly epoch: number;
  /** Flags such as master, s_down, o_down, failover_in_progress. */
  readonly flags: readonly string[];
  readonly otherSentinels: number;
  readonly replicas: number;
  readonly quorum: number;
}

export interface HaproxyRow {
  readonly proxy: string;
  /** FRONTEND, BACKEND or the server's name. */
  readonly name: string;
  /** OPEN, UP, DOWN, "UP 1/2", MAINT, DRAIN, "no check"… */
  readonly status: string;
  readonly sessions: number | undefined;
  readonly check: string | undefined;
}

interface Base {
  readonly at: number;
}
interface OnNode extends Base {
  readonly node: string;
}

export type Observation =
  /** Time passes; what has not been confirmed for too long becomes unknown. */
  | (Base & { readonly kind: 'tick' })
  | (Base & {
      readonly kind: 'source';
      readonly source: SourceId;
      /** Absent for a source that is not tied to one node. */
      readonly node?: string;
      readonly connected: boolean;
      readonly reason?: string;
    })
  | (OnNode & {
      readonly kind: 'container';
      readonly state?: ContainerState;
      /** Attached to the lab's network. */
      readonly connected?: boolean | undefined;
    })
  | (OnNode & { readonly kind: 'services'; readonly services: Readonly<Record<string, RunitStatus>> })
  | (OnNode & { readonly kind: 'addresses'; readonly addresses: readonly string[] })
  /** Hosts PgBouncer's databases.ini points to. */
  | (OnNode & { readonly kind: 'pgbouncer'; readonly hosts: readonly string[] })
  /** Raft leader's address as an agent that can be reached says; undefined = no leader, quorum is lost. */
  | (Base & { readonly kind: 'consul-leader'; readonly via: string; readonly address: string | undefined })
  | (Base & {
      readonly kind: 'consul-servers';
      readonly servers: readonly ConsulServer[];
      /** Servers that may fail before quorum is lost. */
      readonly failureTolerance: number | undefined;
    })
  | (Base & { readonly kind: 'consul-checks'; readonly checks: readonly ConsulCheck[] })
  /** `index` is Consul's: a higher one is newer, whichever agent answered. */
  | (Base & { readonly kind: 'patroni-keys'; readonly index: number; readonly keys: PatroniKeys })
  | (Base & { readonly kind: 'patroni-leader'; readonly index: number; readonly leader: string | undefined })
  /** `answer` undefined: Patroni's REST API refused or did not answer in time. */
  | (OnNode & { readonly kind: 'patroni'; readonly answer: PatroniRest | undefined })
  | (OnNode & { readonly kind: 'redis'; readonly info: RedisInfo | undefined })
  | (OnNode & { readonly kind: 'sentinel'; readonly view: SentinelView })
  | (OnNode & { readonly kind: 'haproxy'; readonly rows: readonly HaproxyRow[] });
