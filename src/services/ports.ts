import { portOf as portOfDefinition, portsOf as portsOfDefinition } from './core/ports';
import type { NodePorts } from './core/ports';
import type { ServicePort } from './core/service';
import { service } from './registry';
import type { ServiceId } from './registry';
import type { NodeSettings } from './settings';

/** The ports a service really has on a node. */
export function portsOf(id: ServiceId, changed?: NodePorts): readonly ServicePort[] {
  return portsOfDefinition(service(id), changed);
}

/**
 * One port of a service on a node.
 * @throws RangeError when the service has no port of this name
 */
export function portOf(id: ServiceId, name: string, changed?: NodePorts): number {
  return portOfDefinition(service(id), name, changed);
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
