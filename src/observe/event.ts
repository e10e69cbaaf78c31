import type { ServiceEventKind } from '../services/live';
import type { ServiceId } from '../services/registry';

export type EventKind =
  | ServiceEventKind
  | 'service-up'
  | 'service-down'
  | 'role-changed'
  | 'health-changed'
  | 'node-up'
  | 'node-down'
  | 'node-paused'
  | 'node-cut'
  | 'node-reconnected'
  | 'cluster-whole'
  | 'cluster-degraded'
  | 'source-lost'
  | 'source-found'
  | 'fault-injected'
  | 'fault-healed';

/** Something that changed and that a person wants to know; what recordings consist of. */
export interface Event {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: EventKind;
  readonly node?: string;
  readonly service?: ServiceId;
  readonly from?: string;
  readonly to?: string;
  /** A sentence for the timeline. */
  readonly text: string;
}
