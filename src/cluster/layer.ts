/** The eight layers of a GitLab HA cluster; every node runs layers 1 to 6. */
export type LayerId =
  'coordination' | 'database' | 'cache' | 'git' | 'application' | 'access' | 'objects' | 'observability';

export interface Layer {
  readonly id: LayerId;
  /** 1 to 8, the order in which people read the cluster from the bottom up. */
  readonly number: number;
  readonly title: string;
  /** What "highly available" means in this layer, in one sentence. */
  readonly meaning: string;
  /** True where a node may vote without holding data of the layer. */
  readonly voters?: boolean;
  /** True where connections of clients may be pooled on other nodes than the layer's. */
  readonly poolers?: boolean;
  /** True when a lab runs it unasked. */
  readonly usual?: boolean;
  /** How many of the nodes that have its data must keep it, so that nothing is lost: one, which the others copy; or most. */
  readonly keptBy?: 'one' | 'most';
}

export const LAYERS: readonly Layer[] = [
  {
    id: 'coordination',
    number: 1,
    title: 'Coordination & state',
    meaning: 'Raft keeps working while two of three servers agree.',
    usual: true,
    keptBy: 'most',
  },
  {
    id: 'database',
    number: 2,
    title: 'Database & connections',
    meaning: 'A leader key with a time to live; PgBouncer follows whoever holds it.',
    usual: true,
    poolers: true,
    keptBy: 'one',
  },
  {
    id: 'cache',
    number: 3,
    title: 'Cache & queues',
    meaning: 'Two Sentinels must agree before a replica is promoted.',
    usual: true,
    voters: true,
    keptBy: 'one',
  },
  {
    id: 'git',
    number: 4,
    title: 'Git storage',
    meaning: 'A write counts when a majority of Gitaly nodes voted for it.',
    keptBy: 'one',
  },
  {
    id: 'application',
    number: 5,
    title: 'Application',
    meaning: 'Stateless processes, several of each on every node.',
  },
  {
    id: 'access',
    number: 6,
    title: 'Access & load balancing',
    meaning: 'VRRP moves the virtual address; health checks drop dead backends.',
    usual: true,
  },
  {
    id: 'objects',
    number: 7,
    title: 'Object storage',
    meaning: 'Files live outside the nodes, so any node may fail.',
  },
  {
    id: 'observability',
    number: 8,
    title: 'Observability & backup',
    meaning: 'Failures are seen, and a restore is rehearsed instead of assumed.',
    usual: true,
  },
];

/** True for the name of a layer. */
export function isLayerId(text: string): text is LayerId {
  return LAYERS.some(({ id }) => id === text);
}

/**
 * The layer with this id.
 * @public part of the model, whoever uses it
 */
export function layer(id: LayerId): Layer {
  const found = LAYERS.find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(`no such layer: ${id}`);
  return found;
}
