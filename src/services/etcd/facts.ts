import { nodeFact } from '../core/live/fact';
import type { Source } from '../core/live/fact';

/** The HTTP API of each node's etcd. */
export const ETCD_SOURCE: Source = { id: 'etcd', freshMs: 8_000 };

/** One member as another one has it in its list. */
export interface EtcdMember {
  /** A number of 64 bits, in digits. */
  readonly id: string;
  /** Empty until it has started for the first time. */
  readonly name: string;
  /** Host of its first address for the other members. */
  readonly address: string | undefined;
  readonly learner: boolean;
}

/** What an etcd says of itself. */
export interface EtcdStatus {
  readonly id: string;
  readonly version: string | undefined;
  /** Of the member it follows; undefined while it knows of no leader. */
  readonly leader: string | undefined;
  readonly term: number;
  readonly learner: boolean;
  /** Size of its database in bytes. */
  readonly size: number | undefined;
  /** What it complains of, in its own words: an alarm, a lack of space. */
  readonly errors: readonly string[];
  readonly members: readonly EtcdMember[];
}

export const ETCD_STATUS = nodeFact<EtcdStatus>('etcd-status', ETCD_SOURCE);
