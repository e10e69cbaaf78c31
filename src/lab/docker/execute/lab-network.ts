import { say } from '../../../words/message';
import type Docker from 'dockerode';
import { LabError } from '../../lab-error';
import type { PlannedNetwork } from '../../plan/plan';
import { dockerFailure, isConflict, isGone, statusOf } from '../docker-errors';
import type { Operation } from '../operation';
import { settleAll } from '../settle-all';

/** Docker answers 403 when an address pool overlaps another one. */
const POOL_OVERLAPS = 403;

/** Somebody else uses the subnet by now. */
export class SubnetTaken extends Error {
  override readonly name = 'SubnetTaken';
  constructor(readonly subnet: string) {
    super(`subnet ${subnet} is used by another network`);
  }
}

/**
 * Makes the lab's network.
 * @throws SubnetTaken when somebody has the subnet: another one must be chosen
 */
export async function createNetwork(
  operation: Operation,
  { name, subnet, gateway, labels }: PlannedNetwork,
): Promise<void> {
  operation.progress('network', say('creating {0} ({1})', name, subnet), 0.5);
  try {
    await operation.docker.createNetwork({
      Name: name,
      CheckDuplicate: true,
      Driver: 'bridge',
      Labels: { ...labels },
      IPAM: { Driver: 'default', Config: [{ Subnet: subnet, Gateway: gateway }] },
    });
  } catch (error) {
    if (statusOf(error) === POOL_OVERLAPS) throw new SubnetTaken(subnet);
    if (isConflict(error)) {
      throw new LabError(
        'docker-failed',
        say('A network named "{0}" exists that is not the lab\'s.', name),
        say('Remove it ("docker network rm {0}") or give the lab another name in cluster.yaml.', name),
        { cause: error },
      );
    }
    throw dockerFailure(say('create network {0} ({1})', name, subnet), error);
  }
}

/** Removes a network, with whatever is still attached to it cut off first. */
export async function removeNetwork(docker: Docker, id: string): Promise<void> {
  const network = docker.getNetwork(id);
  try {
    const { Containers } = (await network.inspect()) as { Containers?: Record<string, unknown> };
    await settleAll(Object.keys(Containers ?? {}), (container) =>
      network.disconnect({ Container: container, Force: true }).catch(() => undefined),
    );
    await network.remove();
  } catch (error) {
    if (!isGone(error)) throw dockerFailure(say('remove a network of the lab'), error);
  }
}
