import type { Cluster } from '../cluster/cluster';
import type { Source } from '../services/core/live/fact';
import type { ContainerState } from '../services/core/live/view';
import type { Known } from './known';
import { NOTHING_KNOWN } from './known';
import type { NodeStart } from './starting';

/** A value and when it was observed, milliseconds since the epoch. */
export interface Fact<T> {
  readonly at: number;
  readonly value: T;
  /** When there is one, a higher one is newer, whatever the time says. */
  readonly index?: number;
}

/** Facts by name. A fact whose value is undefined says "asked, got no answer". */
export type Facts = Readonly<Record<string, Fact<unknown>>>;

/** What is remembered of one node. */
export interface NodeFacts {
  readonly state?: Fact<ContainerState>;
  readonly attached?: Fact<boolean | undefined>;
  /** Its last start, as long as that matters. */
  readonly start?: NodeStart;
  /** The newest of what was seen inside. */
  readonly inside: Facts;
}

/** Everything the reducer remembers: plain data, so it can be stored and compared. */
export interface Model {
  readonly lab: string;
  readonly cluster: Cluster;
  /** Newest time seen; never goes back. */
  readonly now: number;
  readonly nodes: Readonly<Record<string, NodeFacts>>;
  /** Facts that belong to the cluster, not to one node. */
  readonly shared: Facts;
  /** Lost sources by `sourceKey`. */
  readonly lost: Readonly<Record<string, { readonly at: number; readonly reason: string }>>;
  /** What events were last told about. */
  readonly known: Known;
}

/** A model that knows nothing yet. */
export function emptyModel(lab: string, cluster: Cluster): Model {
  return { lab, cluster, now: 0, nodes: {}, shared: {}, lost: {}, known: NOTHING_KNOWN };
}

/** @param source its id */
export function sourceKey(source: string, node?: string): string {
  return node === undefined ? source : `${source}/${node}`;
}

/** A lost source is believed this much longer: most connections are back by then. */
const LOST_GRACE_MS = 2_000;

/** The fact, or undefined when it is too old to be believed. */
export function believed<T>(
  model: Model,
  fact: Fact<T> | undefined,
  source: Source,
  node?: string,
): Fact<T> | undefined {
  if (!fact || model.now - fact.at > source.freshMs) return undefined;
  const lost = model.lost[sourceKey(source.id, node)];
  if (lost && lost.at >= fact.at && model.now - lost.at > LOST_GRACE_MS) return undefined;
  return fact;
}
