/** Where facts come from: one watcher, or one per node. */
export interface Source {
  readonly id: string;
  /**
   * Milliseconds after which an unconfirmed fact counts as unknown. At least three times the interval in which the
   * watcher confirms it, so that a busy machine does not turn the tree grey.
   */
  readonly freshMs: number;
}

declare const VALUE: unique symbol;

interface AnyFact<T> {
  /** Unique among all services: `<service>-<what>`. */
  readonly name: string;
  readonly source: Source;
  /** Only for the compiler: what the fact's values are. */
  readonly [VALUE]?: T;
}

/** Names one fact that is observed on each node, and the type of its values. */
export interface NodeFact<T> extends AnyFact<T> {
  readonly of: 'node';
}

/** Names one fact that belongs to the cluster. */
export interface ClusterFact<T> extends AnyFact<T> {
  readonly of: 'cluster';
  /** When given, this bounds the fact's life instead of its source's freshness and losses. Milliseconds. */
  readonly freshMs?: number;
}

/** A believed value; `value` undefined means "asked, got no answer", an absent one means "not known". */
export type Believed<T> = { readonly value: T } | undefined;

/**
 * One fact as it was observed. `at` is milliseconds since the epoch, the moment it was received. With an `index` a
 * higher one is newer, whatever the time says.
 */
export interface FactObservation {
  readonly kind: 'fact';
  readonly at: number;
  readonly fact: string;
  readonly source: string;
  /** Absent for facts of the cluster. */
  readonly node?: string;
  readonly value: unknown;
  readonly index?: number;
}

/** Declares what is observed of each node. @param name unique among facts */
export function nodeFact<T>(name: string, source: Source): NodeFact<T> {
  return { of: 'node', name, source };
}

/** Declares what is observed of the cluster as a whole. @param name unique among facts */
export function clusterFact<T>(
  name: string,
  source: Source,
  options: { readonly freshMs?: number } = {},
): ClusterFact<T> {
  return { of: 'cluster', name, source, ...options };
}

/** What was seen on a node at a moment, as an observation. */
export function seenOn<T>(fact: NodeFact<T>, node: string, at: number, value: NoInfer<T>): FactObservation {
  return { kind: 'fact', at, fact: fact.name, source: fact.source.id, node, value };
}

/** What was learned about the cluster at a moment, as an observation. */
export function learned<T>(
  fact: ClusterFact<T>,
  at: number,
  value: NoInfer<T>,
  index?: number,
): FactObservation {
  const observation: FactObservation = {
    kind: 'fact',
    at,
    fact: fact.name,
    source: fact.source.id,
    value,
  };
  return index === undefined ? observation : { ...observation, index };
}

/** Whether an observation is one of this fact. */
export function isFact<T>(
  fact: ClusterFact<T> | NodeFact<T>,
  observation: FactObservation,
): observation is FactObservation & { readonly value: T } {
  return observation.fact === fact.name;
}
