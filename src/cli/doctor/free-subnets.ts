import { overlaps, parseSubnet } from '../../cluster/ipv4';

const LAB_NETWORKS = Array.from({ length: 256 }, (_, third) => parseSubnet(`172.30.${third}.0/24`));

/**
 * How many of the 256 lab networks (172.30.N.0/24) overlap none of the used ones.
 * @param used subnets in CIDR notation; what is no IPv4 subnet is ignored
 */
export function countFreeSubnets(used: readonly string[]): number {
  const taken = used.map(parseSubnet).filter((subnet) => subnet !== undefined);
  return LAB_NETWORKS.filter((lab) => lab && !taken.some((subnet) => overlaps(subnet, lab))).length;
}
