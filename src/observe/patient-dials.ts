import type { NodeTransport } from '../transport/transport';

/** What a service takes at most to listen, once the observation of its node began. Milliseconds. */
const STARTING_MS = 60_000;
/** So long each attempt waits in the node for somebody to listen. Milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Reaches the nodes of a cluster that was started a moment ago: where nobody listens yet, the attempt waits in the node
 * for who will: repeated questions would take the processor from the services they wait for, each a process where the node
 * has no relay.
 * @param now milliseconds
 */
export function patientDials(
  reach: (node: string) => NodeTransport | Promise<NodeTransport>,
  now: () => number,
): (node: string) => Promise<NodeTransport> {
  const startingUntil = now() + STARTING_MS;
  return async (node) => {
    const transport = await reach(node);
    return {
      node: transport.node,
      exec: (command, options) => transport.exec(command, options),
      spawn: (command, options) => transport.spawn(command, options),
      shell: (options) => transport.shell(options),
      dial: (target, signal, options) => {
        const patience = now() < startingUntil ? { patienceMs: PATIENCE_MS } : {};
        return transport.dial(target, signal, { ...options, ...patience });
      },
    };
  };
}
