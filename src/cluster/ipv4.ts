/** IPv4 arithmetic on unsigned 32-bit numbers. Pure; nothing here throws. */

export interface Subnet {
  /** Network address (host bits zero). */
  readonly network: number;
  /** 0 to 32. */
  readonly prefix: number;
}

const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;

/** The number of a dotted quad, or undefined when the text is none. Leading zeros are refused: some programs read them as octal. */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let value = 0;
  for (const octet of octets) {
    if (!OCTET.test(octet)) return undefined;
    const number = Number(octet);
    if (number > 255) return undefined;
    value = value * 256 + number;
  }
  return value;
}

/** Dotted quad of an unsigned 32-bit number. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** The subnet of `a.b.c.d/prefix`, host bits cleared; undefined when the text is no such thing. */
export function parseSubnet(text: string): Subnet | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseIpv4(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (address === undefined || !/^(?:0|[1-9][0-9]?)$/.test(digits)) return undefined;
  const prefix = Number(digits);
  if (prefix > 32) return undefined;
  return { network: networkOf(address, prefix), prefix };
}

/** `a.b.c.d/prefix` of a subnet. */
export function formatSubnet(subnet: Subnet): string {
  return `${formatIpv4(subnet.network)}/${subnet.prefix}`;
}

/** The address with its host bits cleared. */
export function networkOf(address: number, prefix: number): number {
  return (address & maskOf(prefix)) >>> 0;
}

/** The subnet's last address. */
export function broadcastOf(subnet: Subnet): number {
  return (subnet.network | ~maskOf(subnet.prefix)) >>> 0;
}

/** The first host address, which Docker gives to the bridge. */
export function gatewayOf(subnet: Subnet): number {
  return (subnet.network + 1) >>> 0;
}

/** True when the address lies in the subnet, network and broadcast address included. */
export function contains(subnet: Subnet, address: number): boolean {
  return networkOf(address, subnet.prefix) === subnet.network;
}

/** True when the two subnets share at least one address. */
export function overlaps(one: Subnet, other: Subnet): boolean {
  const prefix = Math.min(one.prefix, other.prefix);
  return networkOf(one.network, prefix) === networkOf(other.network, prefix);
}

function maskOf(prefix: number): number {
  // A shift by 32 is a shift by 0 in JavaScript.
  return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
}
