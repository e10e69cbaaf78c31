import type { ServiceDefinition, ServicePort } from './service';

/** Ports of one node that gitlab.rb changed: service to port name to number. */
export type NodePorts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The same for all nodes by name; nodes without changes may be missing. */
export type ClusterPorts = Readonly<Record<string, NodePorts>>;

/**
 * Where services of one node listen that do not at all of its addresses, by service and port name: a host, the path of a
 * socket, or nothing (empty) for one that does not listen.
 */
export type NodePlaces = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The same for all nodes by name. */
export type ClusterPlaces = Readonly<Record<string, NodePlaces>>;

type WithPorts = Pick<ServiceDefinition, 'id' | 'ports'>;

/** The ports a service really has on a node. */
export function portsOf(service: WithPorts, changed: NodePorts = {}): readonly ServicePort[] {
  const own = changed[service.id] ?? {};
  return service.ports.map((port) => ({ ...port, port: own[port.name] ?? port.port }));
}

/**
 * One port of a service on a node.
 * @throws RangeError when the service has no port of this name
 */
export function portOf(service: WithPorts, name: string, changed?: NodePorts): number {
  const found = portsOf(service, changed).find((port) => port.name === name);
  if (!found) throw new RangeError(`${service.id} has no port named ${name}`);
  return found.port;
}

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
export interface Whereabouts {
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
  { ports, places }: Whereabouts,
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
