import type { Message } from '../words/message';
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
  | 'order-given'
  | 'fault-injected'
  | 'fault-healed'
  | 'writes-again'
  | 'writes-went-on'
  | 'writes-missing';

/** Something that changed and that a person wants to know; what recordings consist of. */
export interface Event {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: EventKind;
  readonly node?: string;
  readonly service?: ServiceId;
  readonly from?: string;
  readonly to?: string;
  /** Of what a client felt: when the order was given that it belongs to. Milliseconds since the epoch. */
  readonly since?: number;
  /** A sentence for the timeline, in no language yet. */
  readonly text: Message;
}
