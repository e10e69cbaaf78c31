import { networkInterfaces } from 'node:os';
import type Docker from 'dockerode';
import { LabError } from '../../lab-error';
import { freeSubnet } from '../../plan/free-subnet';
import type { Plan } from '../../plan/plan';
import { dockerFailure, isConflict, isGone, statusOf } from '../docker-errors';
import type { Operation } from '../operation';
import { settleAll } from '../settle-all';

/** Docker answers 403 when an address pool overlaps another one. */
const POOL_OVERLAPS = 403;

/** Subnets that are in use: Docker's networks, and for an engine on this machine its own interfaces. */
export async function usedSubnets(docker: Docker, local: boolean): Promise<readonly string[]> {
  const networks = await docker.listNetworks();
  const pools = networks.flatMap((network) =>
    (network.IPAM?.Config ?? []).map((config) => config.Subnet ?? ''),
  );
  const own = local ? Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []) : [];
  return [...pools, ...own.map((address) => address.cidr ?? '')];
}

/** A free subnet for a lab. @throws LabError `subnet-clash` when all are taken */
export function chooseSubnet(used: readonly string[]): string {
  const subnet = freeSubnet(used);
  if (subnet !== undefined) return subnet;
  throw new LabError(
    'subnet-clash',
    'All 256 subnets of 172.30.0.0/16 that labs use are taken on this machine.',
    'Destroy labs you do not need, or free that range ("docker network ls" and your VPN show who uses it).',
  );
}

/**
 * Makes the lab's network.
 * @returns false when somebody took the subnet in the meantime: choose another one
 */
export async function createNetwork(operation: Operation, plan: Plan): Promise<boolean> {
  const { name, subnet, gateway, labels } = plan.network;
  try {
    await operation.docker.createNetwork({
      Name: name,
      CheckDuplicate: true,
      Driver: 'bridge',
      Labels: { ...labels },
      IPAM: { Driver: 'default', Config: [{ Subnet: subnet, Gateway: gateway }] },
    });
    return true;
  } catch (error) {
    if (statusOf(error) === POOL_OVERLAPS) return false;
    if (isConflict(error)) {
      throw new LabError(
        'docker-failed',
        `A network named "${name}" exists that is not the lab's.`,
        `Remove it ("docker network rm ${name}") or give the lab another name in cluster.yaml.`,
        { cause: error },
      );
    }
    throw dockerFailure(`create network ${name} (${subnet})`, error);
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
    if (!isGone(error)) throw dockerFailure('remove a network of the lab', error);
  }
}
