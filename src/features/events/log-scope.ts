import type { LabInfo } from '../../lab/lab-service';
import type { Event } from '../../observe/event';
import { LIVE_SERVICES } from '../../observe/live';
import { servicesOn } from '../../services/placement';

/** Whose logs say something about an event. */
export interface LogScope {
  readonly nodes: readonly string[];
  /** Runit names; on a node only those that run there. */
  readonly services: readonly string[] | 'all';
}

/**
 * The service and the node an event is about; all services where it is about a whole node, and the other nodes where that
 * one cannot be asked. Pure. @param running nodes that can be asked
 */
export function logScope(event: Event, running: readonly string[]): LogScope {
  const service = event.service ?? serviceOfKind(event.kind);
  const there = event.node !== undefined && running.includes(event.node);
  return {
    nodes: there && event.node !== undefined ? [event.node] : running,
    services: service === undefined ? 'all' : [service],
  };
}

/** The services of a scope that a node runs. */
export function servicesIn(
  { services }: LogScope,
  lab: Pick<LabInfo, 'cluster'>,
  node: string,
): readonly string[] {
  const placed = servicesOn(lab.cluster, node).map(({ id }) => id as string);
  return services === 'all' ? placed : placed.filter((id) => services.includes(id));
}

/** The service whose own kind of event this is. */
function serviceOfKind(kind: Event['kind']): string | undefined {
  const found = LIVE_SERVICES.find(([, { holders = [], values = [] }]) =>
    [...holders, ...values].some((rule) => rule.kind === kind),
  );
  return found?.[0];
}
