import type { Cluster } from '../cluster/cluster';
import { machinesOf } from '../cluster/machines';
import type { Placement } from '../services/core/live/view';
import { isMember, servicesOn } from '../services/placement';
import { service } from '../services/registry';
import type { DeployedServiceId } from '../services/registry';

/** Which service is expected where, with the services by name. */
export interface ClusterPlacement extends Placement {
  /** Names of all machines: the nodes in the cluster's order, then those outside. */
  readonly nodes: readonly string[];
  servicesOn(node: string): readonly DeployedServiceId[];
  nodesOf(service: DeployedServiceId): readonly string[];
  membersOf(service: DeployedServiceId): readonly string[];
}

/** Reads the placement out of the cluster once, so that asking is cheap however many nodes there are. */
export function placementOf(cluster: Cluster): ClusterPlacement {
  const services = new Map<string, readonly DeployedServiceId[]>();
  const running = new Map<string, string[]>();
  const members = new Map<string, string[]>();
  const addresses = new Map<string, string>();
  for (const { name, address } of machinesOf(cluster)) {
    const expected = servicesOn(cluster, name).map(({ id }) => id);
    services.set(name, expected);
    addresses.set(address, name);
    for (const id of expected) {
      note(running, id, name);
      if (isMember(cluster, service(id), name)) note(members, id, name);
    }
  }
  return {
    nodes: machinesOf(cluster).map(({ name }) => name),
    servicesOn: (node) => services.get(node) ?? [],
    nodesOf: (id) => running.get(id) ?? [],
    membersOf: (id) => members.get(id) ?? [],
    nodeAt: (address) => (address === undefined ? undefined : addresses.get(address)),
  };
}

function note(nodes: Map<string, string[]>, id: string, node: string): void {
  const others = nodes.get(id);
  if (others) others.push(node);
  else nodes.set(id, [node]);
}
