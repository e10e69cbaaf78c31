import type { Cluster } from '../cluster/cluster';
import type { Known } from './known';
import { NOTHING_KNOWN } from './known';
import type {
  ConsulCheck,
  ConsulServer,
  HaproxyRow,
  PatroniKeys,
  PatroniRest,
  RedisInfo,
  RunitStatus,
  SentinelView,
  SourceId,
} from './observation';
import type { ContainerState } from './state';

/** A value and when it was observed, milliseconds since the epoch. */
export interface Fact<T> {
  readonly at: number;
  readonly value: T;
}

/** The newest facts about one node. A fact whose value is undefined says "asked, got no answer". */
export interface NodeFacts {
  readonly state?: Fact<ContainerState>;
  readonly attached?: Fact<boolean | undefined>;
  readonly services?: Fact<Readonly<Record<string, RunitStatus>>>;
  readonly addresses?: Fact<readonly string[]>;
  readonly pgbouncer?: Fact<readonly string[]>;
  readonly patroni?: Fact<PatroniRest | undefined>;
  readonly redis?: Fact<RedisInfo | undefined>;
  readonly sentinel?: Fact<SentinelView>;
  readonly haproxy?: Fact<readonly HaproxyRow[]>;
}

/** Facts that belong to the cluster, not to one node. */
export interface SharedFacts {
  readonly raft?: Fact<{ readonly via: string; readonly address: string | undefined }>;
  readonly servers?: Fact<{
    readonly servers: readonly ConsulServer[];
    readonly failureTolerance: number | undefined;
  }>;
  readonly checks?: Fact<readonly ConsulCheck[]>;
  readonly keys?: Fact<PatroniKeys> & { readonly index: number };
  readonly leaderKey?: Fact<string | undefined> & { readonly index: number };
}

/** Everything the reducer remembers: plain data, so it can be stored and compared. */
export interface Model {
  readonly lab: string;
  readonly cluster: Cluster;
  /** Newest time seen; never goes back. */
  readonly now: number;
  readonly nodes: Readonly<Record<string, NodeFacts>>;
  readonly shared: SharedFacts;
  /** Lost sources by `sourceKey`. */
  readonly lost: Readonly<Record<string, { readonly at: number; readonly reason: string }>>;
  /** What events were last told about. */
  readonly known: Known;
}

/** A model that knows nothing yet. */
export function emptyModel(lab: string, cluster: Cluster): Model {
  return { lab, cluster, now: 0, nodes: {}, shared: {}, lost: {}, known: NOTHING_KNOWN };
}

export function sourceKey(source: SourceId, node?: string): string {
  return node === undefined ? source : `${source}/${node}`;
}

/**
 * Milliseconds after which an unconfirmed fact of a source counts as unknown. Each is at least three times the
 * interval in which its watcher confirms it, so that a busy machine does not turn the tree grey.
 */
const FRESH_FOR_MS: Readonly<Record<SourceId, number>> = {
  docker: 45_000,
  node: 15_000,
  consul: 6_000,
  patroni: 10_000,
  sentinel: 15_000,
  redis: 12_000,
  haproxy: 8_000,
};

/** A lost source is believed this much longer: most connections are back by then. */
const LOST_GRACE_MS = 2_000;

/** The fact's value wrapped, or undefined when it is too old to be believed. */
export function believed<T>(
  model: Model,
  fact: Fact<T> | undefined,
  source: SourceId,
  node?: string,
): { readonly value: T } | undefined {
  if (!fact || model.now - fact.at > FRESH_FOR_MS[source]) return undefined;
  const lost = model.lost[sourceKey(source, node)];
  if (lost && lost.at >= fact.at && model.now - lost.at > LOST_GRACE_MS) return undefined;
  return { value: fact.value };
}
