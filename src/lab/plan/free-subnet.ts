import { formatSubnet, overlaps, parseSubnet } from '../../cluster/ipv4';
import type { Subnet } from '../../cluster/ipv4';

/** Labs live in 172.30.N.0/24, N from 0 to 255. */
const FIRST: Subnet = { network: 0xac1e0000, prefix: 24 };
const COUNT = 256;

/**
 * The first lab subnet that overlaps none of the used ones, or undefined when all are taken.
 * @param used subnets in CIDR notation; what is no IPv4 subnet is ignored
 * @param start which N to look at first, so that labs made at the same moment do not all want the same
 */
export function freeSubnet(used: readonly string[], start = 0): string | undefined {
  const taken = used.map(parseSubnet).filter((subnet) => subnet !== undefined);
  for (let step = 0; step < COUNT; step++) {
    const candidate = { ...FIRST, network: FIRST.network + ((start + step) % COUNT) * 256 };
    if (!taken.some((subnet) => overlaps(subnet, candidate))) return formatSubnet(candidate);
  }
  return undefined;
}
