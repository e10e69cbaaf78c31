import type { ClusterState } from './state';
import type { Event } from './event';

export interface Subscription {
  dispose(): void;
}

/**
 * Live view of one lab. Watchers run only while at least one subscription is open; the state before the first
 * observation is all `unknown`.
 */
export interface Observer {
  readonly state: ClusterState;
  /** Called with the new state after each change, at once with the current one. */
  onState(listener: (state: ClusterState) => void): Subscription;
  onEvent(listener: (event: Event) => void): Subscription;
  /** Puts an event of our own (a fault injected, healed) into the stream and the recording. */
  record(event: Event): void;
  /** Ends all watchers; subscriptions become inert. */
  dispose(): Promise<void>;
}
