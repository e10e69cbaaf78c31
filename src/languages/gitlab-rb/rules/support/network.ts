import { contains, parseIpv4, parseSubnet, type Subnet } from '../../../../cluster/ipv4';

const PRIVATE: readonly Subnet[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap(
  (text) => parseSubnet(text) ?? [],
);

/** True for an IPv4 address of a private network. */
export function isPrivate(address: string): boolean {
  const number = parseIpv4(address);
  return number !== undefined && PRIVATE.some((network) => contains(network, number));
}

/**
 * Whether an entry of a list of addresses (`10.0.0.0/8`, `10.0.0.1`, `all`) holds an IPv4 address; undefined when
 * that cannot be known, as with names of machines.
 */
export function covers(entry: string, address: string): boolean | undefined {
  if (entry === 'all' || entry === '0.0.0.0/0') return true;
  const number = parseIpv4(address);
  if (number === undefined) return undefined;
  const subnet =
    parseSubnet(entry) ?? (parseIpv4(entry) === undefined ? undefined : parseSubnet(`${entry}/32`));
  if (subnet !== undefined) return contains(subnet, number);
  // No IPv6 network holds an IPv4 address.
  return /^[0-9a-f]*:[0-9a-f:]*(?:\/\d+)?$/i.test(entry) ? false : undefined;
}

/** Whether one of the entries holds the address; undefined when none surely does and one cannot be judged. */
export function anyCovers(entries: readonly string[], address: string): boolean | undefined {
  let sure = true;
  for (const entry of entries) {
    const covered = covers(entry, address);
    if (covered === true) return true;
    if (covered === undefined) sure = false;
  }
  return sure ? false : undefined;
}
