import type { Cluster, ClusterNode } from './cluster';

/** Every machine that is looked at and acted on: the nodes, then those outside of them. */
export function machinesOf({
  nodes,
  outside = [],
}: Pick<Cluster, 'nodes' | 'outside'>): readonly ClusterNode[] {
  return outside.length === 0 ? nodes : [...nodes, ...outside];
}
