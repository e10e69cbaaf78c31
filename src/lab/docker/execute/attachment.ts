import type Docker from 'dockerode';
import { isConflict } from '../docker-errors';

/** One end of a lab's network cable. */
export interface Attachment {
  readonly docker: Docker;
  readonly network: string;
  readonly container: Docker.Container;
  readonly node: string;
  /** Undefined when Docker may choose. */
  readonly address: string | undefined;
}

/**
 * Attaches a container with the address it always has; does nothing when it is attached. Docker names the interface
 * of a running container anew each time (eth1, eth2…); the node's follow-interface copes with that.
 */
export async function attach(attachment: Attachment): Promise<void> {
  const { docker, network, container, node, address } = attachment;
  if (await isAttached(attachment)) return;
  try {
    await docker.getNetwork(network).connect({
      Container: container.id,
      EndpointConfig: { Aliases: [node], ...(address ? { IPAMConfig: { IPv4Address: address } } : {}) },
    });
  } catch (error) {
    if (!isConflict(error) || !(await isAttached(attachment))) throw error;
  }
}

/** Cuts a container off; does nothing when it is cut off. */
export async function detach(attachment: Attachment): Promise<void> {
  const { docker, network, container } = attachment;
  try {
    await docker.getNetwork(network).disconnect({ Container: container.id });
  } catch (error) {
    if (await isAttached(attachment)) throw error;
  }
}

async function isAttached({ container, network }: Attachment): Promise<boolean> {
  const { NetworkSettings } = await container.inspect();
  return NetworkSettings.Networks[network] !== undefined;
}
