import type { Message } from '../words/message';
import type { Facts, Health, Role } from '../services/core/live/health';
import type { ContainerState } from '../services/core/live/view';
import type { ServiceNodeStates, ServiceStates } from '../services/live';
import type { ServiceId } from '../services/registry';

export type { ContainerState, Health, Role };

export interface ServiceState {
  readonly service: ServiceId;
  readonly health: Health;
  readonly role?: Role;
  /** Set while it is starting and has not been heard of yet. */
  readonly awaited?: true;
  /** Supervisor's view: up, down (stopped on purpose or crashed), or not known. */
  readonly process: 'up' | 'down' | 'unknown';
  /** Set while its process was told to stand still. */
  readonly standsStill?: true;
  /** Of its process, while there is one. */
  readonly pid?: number;
  /** One short sentence: why this health. */
  readonly detail: Message;
  /** More for a tooltip, e.g. version, lag, timeline, connections; order of insertion is display order. */
  readonly facts: Facts;
}

/** A node, with what each service adds to it. */
export interface NodeState extends ServiceNodeStates {
  readonly name: string;
  readonly address: string;
  readonly container: ContainerState;
  /** False while the node is cut from the lab network. */
  readonly connected: boolean | undefined;
  readonly health: Health;
  readonly services: readonly ServiceState[];
}

/** The cluster, with what each service adds to it: who leads the database, who is Redis master… */
export interface ClusterState extends ServiceStates {
  readonly lab: string;
  /** Milliseconds since the epoch of the newest observation. */
  readonly at: number;
  readonly health: Health;
  readonly nodes: readonly NodeState[];
}
