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

/** Ports that are known from elsewhere than gitlab.rb; undefined where nothing says so. */
export type StatedPorts = Readonly<Partial<Record<ServiceId, Readonly<Record<string, number | undefined>>>>>;

/**
 * What a node's files change against the package's ports.
 * @param stated what other files than gitlab.rb say, e.g. haproxy.cfg
 */
export function changedPorts(settings: NodeSettings, stated: StatedPorts = {}): NodePorts {
  const configured: StatedPorts = {
    patroni: { postgresql: settings.postgresql.port, rest: settings.patroni.restPort },
    pgbouncer: { pool: settings.pgbouncer.port },
    redis: { redis: settings.redis.port },
    sentinel: { sentinel: settings.sentinel.port },
    ...stated,
  };
  const different = Object.entries(configured).flatMap(([id, ports]) => {
    const changed = Object.entries(ports).filter(
      ([name, port]) => port !== undefined && port !== portOf(id as ServiceId, name),
    );
    return changed.length === 0 ? [] : [[id, Object.fromEntries(changed) as Record<string, number>] as const];
  });
  return Object.fromEntries(different);
}
