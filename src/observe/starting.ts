import type { ServiceId } from '../services/registry';

/** A node that was started a moment ago. */
export interface NodeStart {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Services that have been well since. */
  readonly well: readonly ServiceId[];
}

/** What is not well after this long is ill. A quiet machine needs 8 s, a loaded one has needed 44 s. Milliseconds. */
export const STARTING_MS = 60_000;
/** runit looks for its services this long after a start; until then what is down was not stopped by anybody. */
const SUPERVISOR_MS = 5_000;

/** True while a service of the node may still be on its way up. @param now milliseconds since the epoch */
export function isStarting(
  start: NodeStart | undefined,
  service: ServiceId,
  now: number,
): start is NodeStart {
  return start !== undefined && now - start.at < STARTING_MS && !start.well.includes(service);
}

/** True while the node's supervisor itself is on its way up. @param now milliseconds since the epoch */
export function isBooting(start: NodeStart | undefined, now: number): boolean {
  return start !== undefined && now - start.at < SUPERVISOR_MS;
}

/**
 * The start with the services that are well by now; undefined once it no longer matters. The same object when nothing
 * changed.
 */
export function noteWell(
  start: NodeStart,
  services: readonly { readonly service: ServiceId; readonly health: string }[],
  now: number,
): NodeStart | undefined {
  if (now - start.at >= STARTING_MS) return undefined;
  const fresh = services.filter(({ service, health }) => health === 'ok' && !start.well.includes(service));
  if (fresh.length === 0) return start;
  const well = [...start.well, ...fresh.map(({ service }) => service)];
  return { ...start, well };
}
