import type { FactObservation } from './fact';
import type { ContainerState } from './view';

interface Base {
  /** Milliseconds since the epoch: when it was received. */
  readonly at: number;
}

/** Raw words of the sources, before anything is concluded. Node names are those of the cluster. */
export type Observation =
  /** Time passes; what has not been confirmed for too long becomes unknown. */
  | (Base & { readonly kind: 'tick' })
  /** A source is lost or answers again. */
  | (Base & {
      readonly kind: 'source';
      readonly source: string;
      /** Absent for a source that is not tied to one node. */
      readonly node?: string;
      readonly connected: boolean;
      readonly reason?: string;
    })
  /** What the engine says about a node's container; absent fields did not change. */
  | (Base & {
      readonly kind: 'container';
      readonly node: string;
      readonly state?: ContainerState;
      /** Attached to the lab's network. */
      readonly connected?: boolean | undefined;
    })
  | FactObservation;
