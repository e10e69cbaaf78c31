import type { Cluster } from '../cluster/cluster';
import { deployedServices } from '../services/service';
import type { ServiceId } from '../services/service';

/** The services a node is expected to run, in start order: deployed ones of the enabled layers placed on it. */
export function servicesOn(cluster: Cluster, node: string): readonly ServiceId[] {
  return deployedServices()
    .filter(({ layer }) => {
      const placement = cluster.layers[layer];
      return placement.enabled && placement.nodes.includes(node);
    })
    .map(({ id }) => id);
}

/** Nodes that run the service. */
export function nodesOf(cluster: Cluster, service: ServiceId): readonly string[] {
  return cluster.nodes.map(({ name }) => name).filter((name) => servicesOn(cluster, name).includes(service));
}

/** The node with this address, if it is one of the cluster's. */
export function nodeAt(cluster: Cluster, address: string | undefined): string | undefined {
  return cluster.nodes.find((node) => node.address === address)?.name;
}
