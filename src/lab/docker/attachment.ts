import type Docker from 'dockerode';
import { DockerTransport } from '../../transport/docker-transport';
import { isConflict } from './docker-errors';
import { nameInterface } from './name-interface';

/**
 * Takes the interface that carries an address out of the container. A node names its interface eth0 again after
 * it was attached anew; Docker looks for the name it gave, does not find it, and leaves the cable in.
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

/** Attaches a container with the address it always has; does nothing when it is attached. */
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
  if (address) await nameInterface(node, container, address);
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
  // A container that stands still has no interfaces of its own making.
  if (!address || !State.Running || State.Paused) return;
  await new DockerTransport(node, container).exec(['sh', '-c', DROP_INTERFACE, 'sh', address]);
}
