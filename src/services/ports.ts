import { service } from './registry';
import type { ServicePort } from './core/service';
import type { ServiceId } from './registry';
import type { NodeSettings } from './settings';

/** Ports of one node that gitlab.rb changed: service to port name to number. */
export type NodePorts = Readonly<Partial<Record<ServiceId, Readonly<Record<string, number>>>>>;

/** The same for all nodes by name; nodes without changes may be missing. */
export type ClusterPorts = Readonly<Record<string, NodePorts>>;

/** The ports a service really has on a node. */
export function portsOf(id: ServiceId, changed: NodePorts = {}): readonly ServicePort[] {
  const own = changed[id] ?? {};
  return service(id).ports.map((port) => ({ ...port, port: own[port.name] ?? port.port }));
}

/**
 * One port of a service on a node.
 * @throws RangeError when the service has no port of this name
 */
export function portOf(id: ServiceId, name: string, changed?: NodePorts): number {
  const found = portsOf(id, changed).find((port) => port.name === name);
  if (!found) throw new RangeError(`${id} has no port named ${name}`);
  return found.port;
}

/** What a node's settings change against the package's ports. */
export function changedPorts(settings: NodeSettings): NodePorts {
  const configured: NodePorts = {
    patroni: { postgresql: settings.postgresql.port, rest: settings.patroni.restPort },
    pgbouncer: { pool: settings.pgbouncer.port },
    redis: { redis: settings.redis.port },
    sentinel: { sentinel: settings.sentinel.port },
  };
  const different = Object.entries(configured).flatMap(([id, ports]) => {
    const changed = Object.entries(ports).filter(([name, port]) => port !== portOf(id as ServiceId, name));
    return changed.length === 0 ? [] : [[id, Object.fromEntries(changed)] as const];
  });
  return Object.fromEntries(different);
}
