import { say } from '../words/message';
import type { WatchContext } from '../services/core/watch/context';
import { TransportError } from '../transport/transport';
import type { NodeTransport } from '../transport/transport';

/** Secrets of nodes, in memory only and never logged. */
export interface SecretReader {
  /** The secret, read in the node once. @throws TransportError when it cannot be read; that is not remembered. */
  readonly read: WatchContext['secret'];
  /** Drops what is remembered of a node, one secret or all: it is read again when it is wanted. */
  readonly forget: (node: string, secret?: { readonly name: string }) => void;
}

/** @param command program and arguments that print the secret of this name */
export function secretReader(
  transport: (node: string) => Promise<NodeTransport>,
  command: (name: string) => readonly string[],
): SecretReader {
  const known = new Map<string, Map<string, Promise<string>>>();
  return {
    read: (node, { name }) => {
      const ofNode = known.get(node) ?? new Map<string, Promise<string>>();
      known.set(node, ofNode);
      const asked = ofNode.get(name) ?? read(transport, node, name, command(name));
      ofNode.set(name, asked);
      asked.catch(() => {
        // A later question may have taken its place.
        if (ofNode.get(name) === asked) ofNode.delete(name);
      });
      return asked;
    },
    forget: (node, secret) => {
      if (secret) known.get(node)?.delete(secret.name);
      else known.delete(node);
    },
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
  throw new TransportError('unreachable', node, say('the secret "{0}" of {1} cannot be read', name, node));
}
