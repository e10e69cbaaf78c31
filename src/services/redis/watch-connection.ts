import type { NodeTransport } from '../../transport/transport';
import { TransportError } from '../../transport/transport';
import { RespClient } from './resp-client';

/** Prints the lab's Redis password; it is read in the node, kept in memory only and never logged. */
const PASSWORD_COMMAND: readonly string[] = ['/opt/gitlab/lab/secret', 'redis'];

/** Gives a node's Redis password; asks the node once. */
export type PasswordSource = (transport: NodeTransport) => Promise<string>;

/** A source that remembers, to be shared by all watchers of one observation. */
export function rememberPasswords(): PasswordSource {
  const known = new Map<string, Promise<string>>();
  return (transport) => {
    const asked = known.get(transport.node) ?? readPassword(transport);
    known.set(transport.node, asked);
    asked.catch(() => known.delete(transport.node));
    return asked;
  };
}

/**
 * An authenticated connection to a Redis or Sentinel of a node.
 * @throws TransportError when the node or the port cannot be reached, RespError when the password is refused
 */
export async function connectRedis(
  transport: NodeTransport,
  password: PasswordSource,
  target: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<RespClient> {
  const dialing = transport.dial(target, signal, { endTogether: true });
  // It may fail while the password is still being asked for; the failure is taken below.
  dialing.catch(() => undefined);
  const secret = await password(transport).catch(async (error: unknown) => {
    (await dialing.catch(() => undefined))?.destroy();
    throw error;
  });
  const client = new RespClient(await dialing);
  signal.addEventListener('abort', () => client.close(), { once: true });
  if (signal.aborted) client.close();
  try {
    await client.command(['HELLO', '3', 'AUTH', 'default', secret]);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

async function readPassword(transport: NodeTransport): Promise<string> {
  const { exitCode, stdout } = await transport.exec(PASSWORD_COMMAND);
  if (exitCode === 0) return stdout.trim();
  throw new TransportError(
    'unreachable',
    transport.node,
    `the Redis password of ${transport.node} cannot be read`,
  );
}
