import { isPath, NOWHERE } from './core/ports';
import type { ClusterPlaces, ClusterPorts } from './core/ports';
import { portsOf } from './ports';
import { service } from './registry';
import type { ServiceId } from './registry';

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
