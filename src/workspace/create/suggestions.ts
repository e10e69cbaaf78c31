import { broadcastOf, contains, formatIpv4, parseIpv4, parseSubnet } from '../../cluster/ipv4';

/** The values a question offers: good enough that Enter is an answer. Pure. */

const LONGEST_NAME = 31;
const FIRST_HOST = 11;
const VIP_HOST = 100;

/** A name for the cluster from a folder's name; `cluster` when nothing usable is in it. */
export function suggestName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'cluster' : name;
}

/** The network of an address, as the usual /24; undefined for what is no address. */
export function suggestSubnet(address: string): string | undefined {
  const number = parseIpv4(address);
  return number === undefined ? undefined : `${formatIpv4((number & ~255) >>> 0)}/24`;
}

/** Addresses for so many nodes, from the eleventh host on where the subnet is large enough. */
export function suggestAddresses(subnet: string, count: number): readonly string[] {
  const parsed = parseSubnet(subnet);
  if (parsed === undefined) return [];
  const last = broadcastOf(parsed) - 1;
  const usual = parsed.network + FIRST_HOST;
  const first = usual + count <= last ? usual : parsed.network + 2;
  return Array.from({ length: count }, (_, index) => formatIpv4(first + index));
}

/** A virtual address that none of the nodes has: the hundredth host, else the last free one. */
export function suggestVip(subnet: string, addresses: readonly string[]): string {
  const parsed = parseSubnet(subnet);
  if (parsed === undefined) return '';
  const taken = new Set(addresses);
  const usual = formatIpv4(parsed.network + VIP_HOST);
  const last = broadcastOf(parsed) - 1;
  if (parsed.network + VIP_HOST <= last && contains(parsed, parsed.network + VIP_HOST) && !taken.has(usual)) {
    return usual;
  }
  for (let host = last; host > parsed.network + 1; host -= 1) {
    if (!taken.has(formatIpv4(host))) return formatIpv4(host);
  }
  return formatIpv4(last);
}
