import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { nodesOf } from '../core/placement';

export const CLIENT_PORT = 2379;
export const PEER_PORT = 2380;

/** The nodes that run a member; none where Patroni keeps its state elsewhere. */
export function etcdNodes(cluster: Cluster): readonly ClusterNode[] {
  return cluster.dcs === 'etcd' ? nodesOf({ cluster }, 'coordination') : [];
}

/** Where the members take clients, as `address:port`. */
export function etcdEndpoints(cluster: Cluster): readonly string[] {
  return etcdNodes(cluster).map(({ address }) => `${address}:${CLIENT_PORT}`);
}
