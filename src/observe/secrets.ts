import type { WatchContext } from '../services/core/watch/context';
import { TransportError } from '../transport/transport';
import type { NodeTransport } from '../transport/transport';

/**
 * Secrets of nodes, read there once and remembered as long as the reader lives; a failed attempt is not remembered.
 * They are kept in memory only and never logged.
 *
 * @param command program and arguments that print the secret of this name
 */
export function secretReader(
  transport: (node: string) => Promise<NodeTransport>,
  command: (name: string) => readonly string[],
): WatchContext['secret'] {
  const known = new Map<string, Promise<string>>();
  return (node, { name }) => {
    const key = `${node}/${name}`;
    const asked = known.get(key) ?? read(transport, node, name, command(name));
    known.set(key, asked);
    asked.catch(() => known.delete(key));
    return asked;
  };
}

async function read(
  transport: (node: string) => Promise<NodeTransport>,
  node: string,
  name: string,
  command: readonly string[],
): Promise<string> {
  const { exitCode, stdout } = await (await transport(node)).exec(command);
  if (exitCode === 0) return stdout.trim();
  throw new TransportError('unreachable', node, `the secret "${name}" of ${node} cannot be read`);
}
