import { portOf } from './core/ports';
import type { NodePorts } from './core/ports';
import { SERVICES } from './registry';
import type { ServiceId } from './registry';
import { sectionOf, sectionsOf } from './settings';
import type { NodeSettings } from './settings';

/** Ports that are known from elsewhere than gitlab.rb; undefined where nothing says so. */
export type StatedPorts = Readonly<Partial<Record<ServiceId, Readonly<Record<string, number | undefined>>>>>;

/**
 * What a node's files change against the package's ports.
 * @param stated what other files than gitlab.rb say, e.g. haproxy.cfg
 */
export function changedPorts(settings: NodeSettings, stated: StatedPorts = {}): NodePorts {
  const changed = SERVICES.flatMap((definition) => {
    const configured = sectionsOf(definition.id).map((section) =>
      section.ports?.(sectionOf(settings, section)),
    );
    const own = Object.assign({}, ...configured, stated[definition.id]) as Record<string, number | undefined>;
    const different = Object.entries(own).filter(
      ([name, port]) => port !== undefined && port !== portOf(definition, name),
    );
    return different.length === 0
      ? []
      : [[definition.id, Object.fromEntries(different) as Record<string, number>] as const];
  });
  return Object.fromEntries(changed);
}
