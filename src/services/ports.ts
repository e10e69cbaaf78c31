import { portOf as portOfDefinition, portsOf as portsOfDefinition } from './core/ports';
import type { NodePorts } from './core/ports';
import type { ServicePort } from './core/service';
import { service } from './registry';
import type { ServiceId } from './registry';

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
