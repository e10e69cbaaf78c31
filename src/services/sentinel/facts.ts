import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';

/** A connection to the node's Sentinel. */
export const SENTINEL_SOURCE: Source = { id: 'sentinel', freshMs: 15_000 };

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

export const SENTINEL_VIEW = nodeFact<SentinelView>('sentinel-view', SENTINEL_SOURCE);
