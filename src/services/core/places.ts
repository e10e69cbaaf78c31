import { portOf } from './ports';
import type { ClusterPlaces, ClusterPorts } from './ports';
import type { ServiceDefinition } from './service';

/** Where a service listens at one of its ports: nowhere. */
export const NOWHERE = '';

const LOOPBACK = '127.0.0.1';

/**
 * Where a service listens, in short, from the addresses that its settings name.
 * @param listen one address or several, separated by spaces or commas, each with a port or without
 * @returns a host; undefined for all addresses of the node
 */
export function placeOf(listen: string): string | undefined {
  const hosts = listen
    .split(/[\s,]+/)
    .filter((address) => address !== '')
    .map((address) => address.replace(/^([^:]*|\[.*\]):\d+$/, '$1'));
  if (hosts.length === 0 || hosts.some((host) => /^(?:\*|0\.0\.0\.0|\[?::\]?)?$/.test(host)))
    return undefined;
  return hosts.find((host) => !isLoopback(host)) ?? LOOPBACK;
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\..*|\[?::1\]?)$/.test(host);
}

/** What is needed to find a service on a node from that node. */
export interface Finding {
  readonly ports: ClusterPorts;
  /** Absent where nothing is known of them. */
  readonly places?: ClusterPlaces;
}

/**
 * Where a program on the same node reaches a service.
 * @param usual where it listens when nothing else is known: a host, or the path of a socket
 * @returns `host:port` or the path of a socket; undefined where it does not listen
 * @throws RangeError when the service has no port of this name
 */
export function reachedFrom(
  node: string,
  { ports, places }: Finding,
  service: Pick<ServiceDefinition, 'id' | 'ports'>,
  port: string,
  usual = LOOPBACK,
): string | undefined {
  const place = places?.[node]?.[service.id]?.[port] ?? usual;
  if (place === NOWHERE) return undefined;
  return isPath(place) ? place : `${place}:${portOf(service, port, ports[node])}`;
}

/** True for the path of a socket. */
export function isPath(place: string): boolean {
  return place.startsWith('/');
}
