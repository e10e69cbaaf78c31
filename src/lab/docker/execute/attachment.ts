import type Docker from 'dockerode';
import { isConflict, isGone } from '../docker-errors';

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
  const cable = await cableOf(attachment);
  if (cable === 'attached') return;
  // The engine refuses to start a container whose cable ends nowhere, and to attach it a second time.
  if (cable === 'loose')
    await docker.getNetwork(network).disconnect({ Container: container.id, Force: true });
  try {
    await docker.getNetwork(network).connect({
      Container: container.id,
      EndpointConfig: { Aliases: [node], ...(address ? { IPAMConfig: { IPv4Address: address } } : {}) },
    });
  } catch (error) {
    if (!isConflict(error) || (await cableOf(attachment)) !== 'attached') throw error;
  }
}

/** Cuts a container off; does nothing when it is cut off. */
export async function detach(attachment: Attachment): Promise<void> {
  const { docker, network, container } = attachment;
  try {
    await docker.getNetwork(network).disconnect({ Container: container.id });
  } catch (error) {
    if ((await cableOf(attachment)) === 'attached') throw error;
  }
}

/** Loose: it ends in a network of this name that is gone, and another one has the name by now. */
async function cableOf({ docker, container, network }: Attachment): Promise<'attached' | 'loose' | 'none'> {
  const [{ NetworkSettings }, present] = await Promise.all([container.inspect(), networkId(docker, network)]);
  const end = NetworkSettings.Networks[network];
  if (end === undefined) return 'none';
  return end.NetworkID === present ? 'attached' : 'loose';
}

async function networkId(docker: Docker, name: string): Promise<string | undefined> {
  try {
    return (await docker.getNetwork(name).inspect()).Id;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
