import type Docker from 'dockerode';
import { DockerTransport } from '../../transport/docker-transport';
import { isConflict } from './docker-errors';

/**
 * Takes out the interface that carries the address ($1). An interface that also answers to eth0 cannot be moved back
 * to a host that has an eth0 of its own: Docker then reports success and leaves the cable in.
 */
const DROP_INTERFACE = `
name=$(ip -4 -o address show to "$1" | cut -d' ' -f2 | head -n 1)
[ -z "$name" ] || ip link delete dev "$name"
`;

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
 * of a running container anew each time (eth1, eth2…); the node's keep-eth0 copes with that.
 */
export async function attach(attachment: Attachment): Promise<void> {
  const { docker, network, container, node, address } = attachment;
  if (await isAttached(attachment)) return;
  await dropInterface(attachment);
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
  await dropInterface(attachment);
}

async function isAttached({ container, network }: Attachment): Promise<boolean> {
  const { NetworkSettings } = await container.inspect();
  return NetworkSettings.Networks[network] !== undefined;
}

async function dropInterface({ container, node, address }: Attachment): Promise<void> {
  const { State } = await container.inspect();
  // A container that does not run has no interfaces; one that stands still cannot be told.
  if (!address || !State.Running || State.Paused) return;
  await new DockerTransport(node, container).exec(['sh', '-c', DROP_INTERFACE, 'sh', address]);
}
