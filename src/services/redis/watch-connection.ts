import type { WatchContext } from '../core/watch/context';
import { REDIS_PASSWORD } from './secrets';
import { RespError } from './resp';
import { RespClient } from './resp-client';

/**
 * An authenticated connection to a Redis or Sentinel of a node.
 * @throws TransportError when the node or the port cannot be reached, RespError when the password is refused
 */
export async function connectRedis(
  context: WatchContext,
  node: string,
  target: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<RespClient> {
  const transport = await context.transport(node);
  const dialing = transport.dial(target, signal, { endTogether: true });
  // It may fail while the password is still being asked for; the failure is taken below.
  dialing.catch(() => undefined);
  const secret = await context.secret(node, REDIS_PASSWORD).catch(async (error: unknown) => {
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
    if (error instanceof RespError) context.forgetSecret(node, REDIS_PASSWORD);
    throw error;
  }
}
