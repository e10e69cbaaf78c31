import type { FactObservation } from '../core/live/fact';

/** A blocking query that is kept open at whichever agent answers. */
export interface ConsulQuery {
  /** Absolute path with at least one parameter; any agent may answer, so `stale` is one. */
  readonly path: string;
  /** At least this long between two answers while nothing happens, milliseconds. */
  readonly gapMs: number;
  /** True when a change of it means that other sources are worth asking now. */
  readonly hurries?: boolean;
  /**
   * @param index Consul's: a higher one is newer
   * @param at when it was received, milliseconds since the epoch
   */
  readonly read: (body: string, index: number, at: number) => FactObservation;
}
