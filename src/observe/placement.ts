import type { Cluster } from '../cluster/cluster';
import type { Placement } from '../services/core/live/view';
import { servicesOn } from '../services/placement';
import type { DeployedServiceId } from '../services/registry';

/** Which service is expected where, with the services by name. */
export interface ClusterPlacement extends Placement {
  /** Names of all nodes, in the cluster's order. */
  readonly nodes: readonly string[];
  servicesOn(node: string): readonly DeployedServiceId[];
  nodesOf(service: DeployedServiceId): readonly string[];
}

/** Reads the placement out of the cluster once, so that asking is cheap however many nodes there are. */
export function placementOf(cluster: Cluster): ClusterPlacement {
  const services = new Map<string, readonly DeployedServiceId[]>();
  const running = new Map<string, string[]>();
  const addresses = new Map<string, string>();
  for (const { name, address } of cluster.nodes) {
    const expected = servicesOn(cluster, name).map(({ id }) => id);
    services.set(name, expected);
    addresses.set(address, name);
    for (const id of expected) {
      const others = running.get(id);
      if (others) others.push(name);
      else running.set(id, [name]);
    }
  }
  return {
    nodes: cluster.nodes.map(({ name }) => name),
    servicesOn: (node) => services.get(node) ?? [],
    nodesOf: (service) => running.get(service) ?? [],
    nodeAt: (address) => (address === undefined ? undefined : addresses.get(address)),
  };
}
