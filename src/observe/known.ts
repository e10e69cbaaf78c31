import type { Health, Role } from '../services/core/live/health';
import type { ContainerState } from '../services/core/live/view';

/**
 * The last values events were emitted for. Only what is known enters, so a fact that becomes unknown and comes
 * back unchanged causes no event.
 */
export interface Known {
  readonly containers: Readonly<Record<string, ContainerState>>;
  readonly connected: Readonly<Record<string, boolean>>;
  /** Process per `node/service`. */
  readonly processes: Readonly<Record<string, { readonly process: 'up' | 'down'; readonly pid: number }>>;
  readonly health: Readonly<Record<string, Settling<Health>>>;
  readonly roles: Readonly<Record<string, Role>>;
  /** What only one may hold, by the kind of its events. */
  readonly holders: Readonly<Record<string, Holder>>;
  /** Further values of services, by the kind of their events. */
  readonly values: Readonly<Record<string, Settling<string>>>;
  /** Values of things, by the kind of their events and the thing. */
  readonly things: Readonly<Record<string, Readonly<Record<string, Settling<string>>>>>;
  readonly whole: Settling<boolean> | undefined;
  /** Sources told lost. */
  readonly sources: readonly string[];
}

/** A value that must hold for a moment before it counts. */
export interface Settling<T> {
  readonly value: T;
  readonly next?: { readonly value: T; readonly since: number };
}

/** Who holds something only one may hold. */
export interface Holder {
  /** The last holder told; empty = nobody ever. */
  readonly name: string;
  /** Set while nobody holds it. */
  readonly vacantSince?: number;
  /** True once the vacancy was told. */
  readonly told?: boolean;
}

export const NOTHING_KNOWN: Known = {
  containers: {},
  connected: {},
  processes: {},
  health: {},
  roles: {},
  holders: {},
  values: {},
  things: {},
  whole: undefined,
  sources: [],
};
