/** What a person on this machine reaches of a lab: the virtual address by way of the gateway, on 127.0.0.1 only. */

/** Port of the gateway for each way in; this machine's own is another one. */
export const GATEWAY_PORTS = { http: 80, https: 443, ssh: 22 } as const;

export type PublishedWay = keyof typeof GATEWAY_PORTS;

/** Ports of this machine, on 127.0.0.1; absent where the cluster has no such way in or the gateway is down. */
export type PublishedPorts = Readonly<Partial<Record<PublishedWay, number>>>;

const HOST = '127.0.0.1';

/**
 * The ports of a lab, from those its gateway has at the moment. Pure.
 * @param ports of the container, as the engine tells them
 */
export function publishedPorts(
  ports: readonly { readonly IP?: string; readonly PrivatePort: number; readonly PublicPort?: number }[],
): PublishedPorts {
  const found = Object.entries(GATEWAY_PORTS).flatMap(([way, own]) => {
    const port = ports.find(
      ({ IP, PrivatePort, PublicPort }) => PrivatePort === own && PublicPort !== undefined && IP === HOST,
    );
    return port?.PublicPort === undefined ? [] : [[way, port.PublicPort] as const];
  });
  return Object.fromEntries(found);
}
