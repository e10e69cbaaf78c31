import type { Cluster } from '../cluster/cluster';
import * as placement from '../services/placement';
import { service as serviceOf } from '../services/registry';
import type { ServiceId } from '../services/registry';

/** The services a node is expected to run, in start order: deployed ones of the enabled layers placed on it. */
export function servicesOn(cluster: Cluster, node: string): readonly ServiceId[] {
  return placement.servicesOn(cluster, node).map(({ id }) => id);
}

/** Nodes that run the service. */
export function nodesOf(cluster: Cluster, service: ServiceId): readonly string[] {
  return placement.nodesRunning(cluster, serviceOf(service)).map(({ name }) => name);
}

/** The node with this address, if it is one of the cluster's. */
export function nodeAt(cluster: Cluster, address: string | undefined): string | undefined {
  return cluster.nodes.find((node) => node.address === address)?.name;
}
