import type { NodeTransport } from '../../transport/transport';
import { TransportError } from '../../transport/transport';
import { RespClient } from './resp-client';

/** Prints the lab's Redis password; it is read in the node, kept in memory only and never logged. */
const PASSWORD_COMMAND: readonly string[] = ['/opt/gitlab/lab/secret', 'redis'];

/**
 * An authenticated connection to a Redis or Sentinel of a node.
 * @throws TransportError when the node or the port cannot be reached, RespError when the password is refused
 */
export async function connectRedis(
  transport: NodeTransport,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<RespClient> {
  const password = await readPassword(transport, signal);
  const client = new RespClient(await transport.dial({ host: address, port }, signal));
  signal.addEventListener('abort', () => client.close(), { once: true });
  if (signal.aborted) client.close();
  try {
    await client.command(['HELLO', '3', 'AUTH', 'default', password]);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

async function readPassword(transport: NodeTransport, signal: AbortSignal): Promise<string> {
  const { exitCode, stdout } = await transport.exec(PASSWORD_COMMAND, { signal });
  if (exitCode === 0) return stdout.trim();
  throw new TransportError(
    'unreachable',
    transport.node,
    `the Redis password of ${transport.node} cannot be read`,
  );
}
