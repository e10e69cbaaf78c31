import { say } from '../../words/message';
import { LabError } from '../lab-error';
import { freeSubnet } from './free-subnet';
import type { Snapshot } from './snapshot';

export interface SubnetChoice {
  readonly subnet: string;
  /** False when containers were made for it: with another one they would have to be made anew. */
  readonly free: boolean;
}

/**
 * Where a lab lives: where its containers were made to live, else where its network is, else in a free place.
 * @param taken further subnets that turned out to be used
 * @throws LabError `subnet-clash` when all are taken
 */
export function chooseSubnet(
  snapshot: Snapshot,
  network: string,
  taken: readonly string[] = [],
): SubnetChoice {
  const recorded = snapshot.recordedSubnet;
  if (recorded?.endsWith('/24')) return { subnet: recorded, free: false };
  const existing = snapshot.networks.find(({ name }) => name === network)?.subnet;
  if (existing?.endsWith('/24') && !taken.includes(existing)) return { subnet: existing, free: true };
  const subnet = freeSubnet([...snapshot.foreignSubnets, ...taken]);
  if (subnet !== undefined) return { subnet, free: true };
  throw new LabError(
    'subnet-clash',
    say('All 256 subnets of 172.30.0.0/16 that labs use are taken on this machine.'),
    say(
      'Destroy labs you do not need, or free that range ("docker network ls" and your VPN show who uses it).',
    ),
  );
}
