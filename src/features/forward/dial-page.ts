import type { Duplex } from 'node:stream';
import { TransportError } from '../../transport/transport';
import type { NodeTransport } from '../../transport/transport';

/**
 * Connects to the port of a service's page: at the node's address, or on its loopback where the service listens
 * nowhere else (Consul's API, an exporter as the package sets it up).
 */
export async function dialPage(
  transport: NodeTransport,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  // A browser waits for the end of an HTTP/1.0 answer, and the server for the end of the browser: end together.
  const dial = (host: string): Promise<Duplex> =>
    transport.dial({ host, port }, signal, { endTogether: true });
  try {
    return await dial(address);
  } catch (error) {
    if (!(error instanceof TransportError) || error.reason !== 'refused') throw error;
    return dial('127.0.0.1');
  }
}
