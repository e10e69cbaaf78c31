import type { LiveService } from '../services/core/live/live-service';
import { LIVE } from '../services/live';
import type { ServiceEventKind } from '../services/live';
import type { DeployedServiceId, ServiceId } from '../services/registry';

/** A live half as those see it who know no service by name. */
type AnyLive = LiveService<unknown, unknown, ServiceEventKind>;

const BY_ID: Readonly<Record<DeployedServiceId, AnyLive>> = LIVE;

/** The live halves with their services' names, in the order in which people are told of them. */
export const LIVE_SERVICES = Object.entries(BY_ID) as readonly (readonly [DeployedServiceId, AnyLive])[];

/** The live half of a service; undefined for one that is in the model only. */
export function live(id: ServiceId): AnyLive | undefined {
  return (BY_ID as Readonly<Partial<Record<ServiceId, AnyLive>>>)[id];
}
