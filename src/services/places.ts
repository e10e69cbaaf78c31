import type { Cluster, ClusterNode } from '../cluster/cluster';
import type { NodePlaces } from './core/ports';
import { servicesOn } from './placement';
import { sectionOf, sectionsOf } from './settings';
import type { NodeSettings } from './settings';

/** A node with the settings that are in force there. */
export interface SettledNode {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly settings: NodeSettings;
}

/** Where the services that run on a node listen, of those that do not at all of its addresses. */
export function placesOn({ cluster, node, settings }: SettledNode): NodePlaces {
  const named = servicesOn(cluster, node.name).flatMap(({ id }) => {
    const parts = sectionsOf(id).map((section) => section.places?.(sectionOf(settings, section)));
    const all = Object.assign({}, ...parts) as Readonly<Record<string, string | undefined>>;
    const other = Object.entries(all).flatMap(([port, place]) =>
      place === undefined ? [] : [[port, place] as const],
    );
    return other.length === 0 ? [] : [[id, Object.fromEntries(other)] as const];
  });
  return Object.fromEntries(named);
}
