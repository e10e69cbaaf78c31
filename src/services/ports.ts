import { portOf as portOfDefinition, portsOf as portsOfDefinition } from './core/ports';
import type { NodePorts } from './core/ports';
import type { ServicePort } from './core/service';
import { SERVICES, service } from './registry';
import type { ServiceId } from './registry';
import { sectionOf } from './settings';
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
  const changed = SERVICES.flatMap((definition) => {
    const configured = (definition.sections ?? []).map((section) =>
      section.ports?.(sectionOf(settings, section)),
    );
    const own = Object.assign({}, ...configured, stated[definition.id]) as Record<string, number | undefined>;
    const different = Object.entries(own).filter(
      ([name, port]) => port !== undefined && port !== portOfDefinition(definition, name),
    );
    return different.length === 0
      ? []
      : [[definition.id, Object.fromEntries(different) as Record<string, number>] as const];
  });
  return Object.fromEntries(changed);
}
