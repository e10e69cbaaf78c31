/** The ways a client writes through the virtual address: one line each. The first is taken when nobody chooses. */
import type { ClientWay } from './core/client-way';
import type { ServiceStates } from './live';
import { postgresWay } from './pgbouncer/client-way';
import { redisWay } from './redis/client-way';
import type { ServiceId } from './registry';

const DECLARED = [postgresWay, redisWay] as const;

export type ClientWayId = (typeof DECLARED)[number]['id'];

/** A way as those see it who know none by name. */
interface KnownWay extends ClientWay<ServiceStates> {
  readonly id: ClientWayId;
  readonly keptAt: { readonly service: ServiceId; readonly port: string };
}

export const CLIENT_WAYS: readonly KnownWay[] = DECLARED;

export const USUAL_WAY: ClientWayId = DECLARED[0].id;

/** The way with this id. */
export function clientWay(id: ClientWayId): KnownWay {
  const found = CLIENT_WAYS.find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(`no such way for clients: ${id}`);
  return found;
}

/** True for the id of a way. */
export function isClientWay(id: unknown): id is ClientWayId {
  return CLIENT_WAYS.some((candidate) => candidate.id === id);
}

/** The title of a way, for people; of a way only a newer image knows, its name. */
export function clientWayTitle(id: string): string {
  return isClientWay(id) ? clientWay(id).title : id;
}
