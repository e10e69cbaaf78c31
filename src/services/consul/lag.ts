import type { ConsulServer } from './facts';

/**
 * A server counts as lagging only after this long, milliseconds. Consul measures every two seconds, and a machine with
 * much to do misses one measurement or two.
 */
export const LAG_HOLDS_MS = 6_000;

/** Since when each server has been told to lag, by name; milliseconds since the epoch. */
export type LagSince = ReadonlyMap<string, number>;

/**
 * What Consul measured, without lags that have not lasted: such a server still counts as healthy.
 * @param since what the measurement before gave
 */
export function lastingLags(
  servers: readonly ConsulServer[],
  since: LagSince,
  now: number,
): { readonly servers: readonly ConsulServer[]; readonly since: LagSince } {
  const lagging = servers.filter(({ healthy }) => !healthy);
  const next = new Map(lagging.map(({ name }) => [name, since.get(name) ?? now]));
  const lasts = ({ name }: ConsulServer): boolean => now - (next.get(name) ?? now) >= LAG_HOLDS_MS;
  return {
    servers: servers.map((server) =>
      server.healthy || lasts(server) ? server : { ...server, healthy: true },
    ),
    since: next,
  };
}
