import type { Cluster, ClusterNode } from '../../cluster/cluster';
import type { LayerId } from '../../cluster/layer';

/** The nodes a layer runs on, in the cluster's order; none while the layer is switched off. */
export function nodesOf({ cluster }: { readonly cluster: Cluster }, layer: LayerId): readonly ClusterNode[] {
  const placement = cluster.layers[layer];
  if (!placement.enabled) return [];
  return cluster.nodes.filter((node) => placement.nodes.includes(node.name));
}

/** The nodes that vote in a layer: those it runs on, and those that only vote; in the cluster's order. */
export function votersOf({ cluster }: { readonly cluster: Cluster }, layer: LayerId): readonly ClusterNode[] {
  const { enabled, nodes, voters = [] } = cluster.layers[layer];
  if (!enabled) return [];
  return cluster.nodes.filter(({ name }) => nodes.includes(name) || voters.includes(name));
}

/** The nodes where something of a layer runs that asks others: those it runs on, and its poolers; in the cluster's order. */
export function clientsOf(
  { cluster }: { readonly cluster: Cluster },
  layer: LayerId,
): readonly ClusterNode[] {
  const { enabled, nodes, poolers = [] } = cluster.layers[layer];
  if (!enabled) return [];
  return cluster.nodes.filter(({ name }) => nodes.includes(name) || poolers.includes(name));
}

/**
 * The addresses a service listens on. A wildcard becomes the node's own address and the loopback: HAProxy of the
 * same node listens on the virtual address, and a wildcard would take the port from it.
 * @param bind one address or several, separated by spaces or commas
 */
export function listenAddresses(bind: string, node: ClusterNode): readonly string[] {
  const wanted = bind
    .split(/[\s,]+/u)
    .filter((address) => address !== '')
    .map((address) => (address === 'localhost' ? '127.0.0.1' : address));
  const wildcard = wanted.length === 0 || wanted.some((address) => ['0.0.0.0', '*', '::'].includes(address));
  const addresses = wildcard ? [node.address, '127.0.0.1'] : [...wanted, '127.0.0.1'];
  return [...new Set(addresses)];
}
