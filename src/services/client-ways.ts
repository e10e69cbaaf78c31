/** The ways a client comes to a cluster, mostly to write: one line each. The first is taken when nobody chooses. */
import type { Cluster } from '../cluster/cluster';
import type { ClientWay, WayPace } from './core/client-way';
import { sshWay } from './gitlab-sshd/client-way';
import type { ServiceStates } from './live';
import { objectWay } from './object-storage/client-way';
import { postgresWay } from './pgbouncer/client-way';
import { commitWay, jobWay, webWay } from './puma/client-ways';
import { redisWay } from './redis/client-way';
import type { ServiceId } from './registry';

const DECLARED = [postgresWay, redisWay, webWay, commitWay, jobWay, sshWay, objectWay] as const;

export type ClientWayId = (typeof DECLARED)[number]['id'];

/** A way as those see it who know none by name. */
interface KnownWay extends ClientWay<ServiceStates> {
  readonly id: ClientWayId;
  readonly keptAt?: { readonly service: ServiceId; readonly port: string };
}

export const CLIENT_WAYS: readonly KnownWay[] = DECLARED;

export const USUAL_WAY: ClientWayId = DECLARED[0].id;

/** The way with this id. */
export function clientWay(id: ClientWayId): KnownWay {
  const found = CLIENT_WAYS.find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(`no such way for clients: ${id}`);
  return found;
}

/** Those of a cluster as its lab runs it; most begin at the virtual address, which only layer `access` has. */
export function clientWaysOf({ layers }: Pick<Cluster, 'layers'>): readonly KnownWay[] {
  return CLIENT_WAYS.filter(
    ({ layer, direct }) => layers[layer].enabled && (direct !== undefined || layers.access.enabled),
  );
}

/** A row is written in a moment. */
const ROW: WayPace = { intervalMs: 100, timeoutMs: 1_000, slowMs: 500 };

/** The times of a client on this way. */
export function paceOf(id: ClientWayId): WayPace {
  return clientWay(id).pace ?? ROW;
}

/** True for the id of a way. */
export function isClientWay(id: unknown): id is ClientWayId {
  return CLIENT_WAYS.some((candidate) => candidate.id === id);
}

/** The title of a way, for people; of a way only a newer image knows, its name. */
export function clientWayTitle(id: string): string {
  return isClientWay(id) ? clientWay(id).title : id;
}
