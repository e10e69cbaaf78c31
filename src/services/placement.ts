import type { Cluster, ClusterNode } from '../cluster/cluster';
import type { LayerId } from '../cluster/layer';
import { machinesOf } from '../cluster/machines';
import { deployedServices } from './registry';
import type { DeployedService, Service } from './registry';

/** True when cluster.yaml places the service on the node. */
export function runsOn(cluster: Cluster, service: Service, node: string): boolean {
  return isMember(cluster, service, node) || isClient(cluster, service, node);
}

/** True when the node runs the service in full, not only as a client of it. */
export function isMember(cluster: Cluster, service: Service, node: string): boolean {
  const { layer, beside = layer, votes } = service;
  if (!isChosen(cluster, service)) return false;
  if (service.outside === true) return node === service.id && runsOutside(cluster, service);
  if (votes === true && votesIn(cluster, layer, node)) return true;
  const { enabled, poolers } = cluster.layers[layer];
  if (service.pools === true && poolers !== undefined) return enabled && poolers.includes(node);
  return layerRunsOn(cluster, layer, node) && layerRunsOn(cluster, beside, node);
}

/** False for a store of the cluster's state that cluster.yaml does not choose. */
export function isChosen({ dcs }: Pick<Cluster, 'dcs'>, service: Pick<Service, 'dcs'>): boolean {
  return (service.dcs ?? dcs) === dcs;
}

function isClient(cluster: Cluster, { layer, clientsIn }: Service, node: string): boolean {
  if (clientsIn === undefined || !cluster.layers[layer].enabled) return false;
  const { enabled, nodes, poolers = [] } = cluster.layers[clientsIn];
  return enabled && (nodes.includes(node) || poolers.includes(node));
}

function votesIn(cluster: Cluster, layer: LayerId, node: string): boolean {
  const { enabled, voters } = cluster.layers[layer];
  return enabled && voters?.includes(node) === true;
}

/** The services a node is expected to run, in start order: deployed ones of the enabled layers placed on it. */
export function servicesOn(cluster: Cluster, node: string): readonly DeployedService[] {
  return deployedServices().filter((service) => runsOn(cluster, service, node));
}

/** The nodes a service runs on, in the cluster's order. */
export function nodesRunning(cluster: Cluster, service: Service): readonly ClusterNode[] {
  return machinesOf(cluster).filter((node) => runsOn(cluster, service, node.name));
}

/** The services for which a lab of the cluster has machines outside the nodes. */
export function servicesOutside(cluster: Cluster): readonly DeployedService[] {
  return deployedServices().filter(({ outside, layer }) => outside === true && cluster.layers[layer].enabled);
}

function runsOutside(cluster: Cluster, { id, layer }: Service): boolean {
  return cluster.layers[layer].enabled && (cluster.outside ?? []).some(({ name }) => name === id);
}

function layerRunsOn(cluster: Cluster, layer: LayerId, node: string): boolean {
  const placement = cluster.layers[layer];
  return placement.enabled && placement.nodes.includes(node);
}
