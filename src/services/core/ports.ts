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
