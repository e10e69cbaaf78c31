import type { Source } from '../services/core/live/fact';
import type { ContainerState } from '../services/core/live/view';

/** The engine's events and its list of containers. */
export const DOCKER_SOURCE: Source = { id: 'docker', freshMs: 45_000 };

/** A node's container as the engine sees it. */
export interface ObservedContainer {
  readonly node: string;
  readonly state: ContainerState;
  /** Attached to the lab's network; undefined while it does not run. */
  readonly connected: boolean | undefined;
}

/** What one engine event says; absent fields did not change. */
export interface ContainerChange {
  readonly node: string;
  readonly state?: ContainerState;
  readonly connected?: boolean | undefined;
}

/**
 * Where the observer learns about containers. Implemented over the Docker API by the lab's engine; nodes
 * reached over SSH have none.
 */
export interface ContainerEvents {
  /** All nodes of the lab (not the gateway); nodes without a container are left out. */
  list(signal?: AbortSignal): Promise<readonly ObservedContainer[]>;
  /**
   * Yields each change from the moment of the call: start, die, kill, pause, unpause, destroy, attached to and
   * detached from the lab's network. Ends when the signal is aborted; throws when the connection is lost.
   */
  stream(signal: AbortSignal): AsyncIterable<ContainerChange>;
}
