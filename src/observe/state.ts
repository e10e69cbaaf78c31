import type { ServiceId } from '../services/registry';

/** Unknown is never shown as ok. */
export type Health = 'ok' | 'degraded' | 'failed' | 'unknown';

export type ContainerState = 'running' | 'paused' | 'stopped' | 'missing' | 'unknown';

/** What a service is at this moment among its peers. */
export type Role =
  'leader' | 'sync-standby' | 'replica' | 'master' | 'voter' | 'non-voter' | 'active' | 'backup' | 'member';

export interface ServiceState {
  readonly service: ServiceId;
  readonly health: Health;
  readonly role?: Role;
  /** Supervisor's view: up, down (stopped on purpose or crashed), or not known. */
  readonly process: 'up' | 'down' | 'unknown';
  /** One short sentence: why this health. */
  readonly detail: string;
  /** More for a tooltip, e.g. version, lag, timeline, connections; order of insertion is display order. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface NodeState {
  readonly name: string;
  readonly address: string;
  readonly container: ContainerState;
  /** False while the node is cut from the lab network. */
  readonly connected: boolean | undefined;
  readonly holdsVip: boolean | undefined;
  readonly health: Health;
  readonly services: readonly ServiceState[];
}

export interface ClusterState {
  readonly lab: string;
  /** Milliseconds since the epoch of the newest observation. */
  readonly at: number;
  readonly health: Health;
  readonly nodes: readonly NodeState[];
  readonly vip: { readonly address: string; readonly holders: readonly string[] };
  readonly database: {
    readonly leader: string | undefined;
    readonly syncStandby: readonly string[];
    readonly timeline: number | undefined;
    /** Members that run and follow (or lead). */
    readonly streaming: readonly string[];
  };
  readonly redis: { readonly master: string | undefined; readonly replicas: readonly string[] };
  readonly consul: { readonly leader: string | undefined; readonly voters: readonly string[] };
}
