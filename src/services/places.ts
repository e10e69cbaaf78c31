import type { Cluster, ClusterNode } from '../cluster/cluster';
import { isPath, NOWHERE } from './core/ports';
import type { ClusterPlaces, ClusterPorts, NodePlaces } from './core/ports';
import { servicesOn } from './placement';
import { portsOf } from './ports';
import { service } from './registry';
import type { ServiceId } from './registry';
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

/** Of a lab, what is written down of ports and places. */
export interface WrittenPlaces {
  readonly ports?: ClusterPorts;
  readonly places?: ClusterPlaces;
}

/**
 * Where people find a service of a node: `host:port`, the path of a socket on the node, or the host alone where it has no
 * port; undefined where it listens nowhere.
 * @param shown makes the address that people know of one of the lab's network
 */
export function whereIs(
  id: ServiceId,
  node: { readonly name: string; readonly address: string },
  written: WrittenPlaces,
  shown: (address: string) => string,
): string | undefined {
  const ports = portsOf(id, written.ports?.[node.name]).filter(({ protocol }) => protocol !== 'vrrp');
  const { askedPort } = service(id);
  const port = ports.find(({ name }) => name === askedPort) ?? ports[0];
  if (port === undefined) return shown(node.address);
  const place = written.places?.[node.name]?.[id]?.[port.name] ?? node.address;
  if (place === NOWHERE) return undefined;
  return isPath(place) ? place : `${shown(place)}:${port.port}`;
}
