import type { Cluster } from '../cluster/cluster';
import { LAYERS } from '../cluster/layer';
import type { LayerId } from '../cluster/layer';
import { nodesRunning } from './placement';
import { deployedServices, SERVICES } from './registry';
import type { ServiceId } from './registry';

/** What a lab of the cluster runs: the layers it is asked for and what their services need, in the model's order. */
export function labLayers(cluster: Cluster): readonly LayerId[] {
  const { layers } = cluster;
  const wanted = new Set<LayerId>();
  const add = (id: LayerId): void => {
    if (wanted.has(id) || !layers[id].enabled) return;
    wanted.add(id);
    for (const { layer, needs = [] } of SERVICES) if (layer === id) needs.forEach(add);
  };
  askedLayers(cluster).forEach(add);
  return LAYERS.map(({ id }) => id).filter((id) => wanted.has(id));
}

/**
 * The services that the node image of a lab has besides those every one has, in start order: those the lab runs, and what
 * comes with them.
 * @param cluster as its lab runs it
 */
export function addedServices(cluster: Cluster): readonly ServiceId[] {
  const deployed = deployedServices();
  const sets = new Set(
    deployed.filter((each) => nodesRunning(cluster, each).length > 0).map(({ added }) => added),
  );
  return deployed.filter(({ added }) => added !== undefined && sets.has(added)).map(({ id }) => id);
}

/** The layers a lab of the cluster is asked to run, without what these need. */
export function askedLayers({ lab }: Cluster): readonly LayerId[] {
  return lab.layers ?? LAYERS.filter(({ usual }) => usual === true).map(({ id }) => id);
}

/** The cluster as its lab runs it: what the lab leaves out is switched off. */
export function labCluster(cluster: Cluster): Cluster {
  const run = labLayers(cluster);
  const layers = Object.fromEntries(
    LAYERS.map(({ id }) => [id, { ...cluster.layers[id], enabled: run.includes(id) }]),
  ) as Cluster['layers'];
  return { ...cluster, layers };
}
