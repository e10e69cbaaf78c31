import type { Cluster } from '../../cluster/cluster';
import { contains, formatIpv4, parseIpv4, parseSubnet } from '../../cluster/ipv4';
import type { Subnet } from '../../cluster/ipv4';

/** Which address of the workspace is which in the lab. */
export interface AddressMap {
  /** Workspace address or host name to lab address: nodes, VIP, and every other address of the cluster's subnet in use. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly from: { readonly network: string; readonly prefix: number };
  /** The lab's subnet, always a /24. */
  readonly to: { readonly network: string; readonly prefix: number };
  /** Free lab addresses for Docker's bridge and for the lab's own gateway container. */
  readonly bridge: string;
  readonly gateway: string;
}

const LAB_PREFIX = 24;
/** Host numbers tried, in order, for what has no number of its own. */
const BRIDGE_CHOICES = [1, 254, 253, 252];
const GATEWAY_CHOICES = [250, 251, 249, 248, 247];
const FIRST_SPARE = 10;
const LAST_HOST = 254;

/** A whole IPv4 address: no digit, letter or dotted part touches it, so `1.2.3.45` is not `1.2.3.4` and a 5. */
const TOKEN = /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}))?(?![\w]|\.\w)/g;

/**
 * Maps the cluster's subnet onto a lab subnet, host part by host part: the last number of an address stays
 * whenever it can. It cannot where two addresses of a larger subnet share it, or where it is no host in a /24;
 * those get spare numbers, nodes and VIP choosing first.
 * @param cluster the cluster with the workspace's addresses
 * @param labSubnet a /24 in CIDR notation
 * @param texts the files that will be substituted; addresses they mention are mapped as well
 * @throws RangeError when `labSubnet` or the cluster's subnet is no subnet
 */
export function mapAddresses(cluster: Cluster, labSubnet: string, texts: readonly string[] = []): AddressMap {
  const from = requireSubnet(cluster.subnet);
  const to = requireSubnet(labSubnet);
  const own = [...cluster.nodes.map(({ address }) => address), cluster.vip];
  const mentioned = texts.flatMap((text) => addressesIn(text, from));
  const hosts = assignHosts([...new Set([...own, ...mentioned.sort(byNumber)])]);
  const named = cluster.nodes.flatMap(({ host, address }) =>
    host === undefined ? [] : [[host, address] as const],
  );
  const taken = new Set(hosts.values());
  const bridge = firstFree(BRIDGE_CHOICES, taken);
  taken.add(bridge);
  const gateway = firstFree(GATEWAY_CHOICES, taken);
  const at = (host: number): string => formatIpv4(to.network + host);
  return {
    addresses: Object.fromEntries([
      ...[...hosts].map(([address, host]) => [address, at(host)] as const),
      ...named.map(([name, address]) => [name, at(hosts.get(address) ?? 0)] as const),
    ]),
    from: { network: formatIpv4(from.network), prefix: from.prefix },
    to: { network: formatIpv4(to.network), prefix: LAB_PREFIX },
    bridge: at(bridge),
    gateway: at(gateway),
  };
}

/** Replaces every whole IPv4 address (and the subnet itself, with its prefix) the map knows. */
export function substituteAddresses(text: string, map: AddressMap): string {
  return substituteNames(text, map).replace(
    TOKEN,
    (token: string, address: string, prefix: string | undefined) => {
      const samePrefix = prefix !== undefined && Number(prefix) === map.from.prefix;
      const suffix = prefix === undefined ? '' : `/${samePrefix ? map.to.prefix : prefix}`;
      if (address === map.from.network && samePrefix) return map.to.network + suffix;
      const mapped = map.addresses[address];
      return mapped === undefined ? token : mapped + suffix;
    },
  );
}

/** Host names that stand for addresses; a plain word could be anything, and names of nodes are known in the lab. */
function substituteNames(text: string, { addresses }: AddressMap): string {
  return Object.entries(addresses).reduce((result, [name, address]) => {
    if (parseIpv4(name) !== undefined || !name.includes('.')) return result;
    const escaped = name.replaceAll('.', String.raw`\.`);
    const whole = new RegExp(String.raw`(?<![\w.-])${escaped}(?![\w-]|\.\w)`, 'gi');
    return result.replace(whole, address);
  }, text);
}

/** The same value with every string in it substituted; numbers, booleans and keys stay. */
export function substituteDeep<T>(value: T, map: AddressMap): T {
  if (typeof value === 'string') return (map.addresses[value] ?? substituteAddresses(value, map)) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => substituteDeep(item, map)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, substituteDeep(item, map)]),
  ) as T;
}

/** The cluster as the lab runs it: same names, the lab's addresses. */
export function clusterInLab(cluster: Cluster, map: AddressMap): Cluster {
  return {
    ...cluster,
    subnet: `${map.to.network}/${map.to.prefix}`,
    vip: map.addresses[cluster.vip] ?? cluster.vip,
    nodes: cluster.nodes.map((node) => ({ ...node, address: map.addresses[node.address] ?? node.address })),
  };
}

/** Host addresses of the subnet a text mentions; its network address is no host. */
function addressesIn(text: string, subnet: Subnet): string[] {
  return [...text.matchAll(TOKEN)]
    .map((match) => match[1] ?? '')
    .filter((address) => {
      const number = parseIpv4(address);
      return number !== undefined && contains(subnet, number) && number !== subnet.network;
    });
}

function assignHosts(addresses: readonly string[]): Map<string, number> {
  const hosts = new Map<string, number>();
  const taken = new Set<number>();
  const give = (address: string, host: number): void => {
    hosts.set(address, host);
    taken.add(host);
  };
  const moved = addresses.filter((address) => {
    const host = (parseIpv4(address) ?? 0) & 255;
    if (host === 0 || host > LAST_HOST || taken.has(host)) return true;
    give(address, host);
    return false;
  });
  for (const address of moved) {
    const host = spareHost(taken);
    // More addresses than a /24 holds: the rest keep their own, which no lab node has.
    if (host !== undefined) give(address, host);
  }
  return hosts;
}

function spareHost(taken: ReadonlySet<number>): number | undefined {
  // Some stay free for the bridge and the gateway.
  for (let host = FIRST_SPARE; host < Math.min(...GATEWAY_CHOICES); host++) if (!taken.has(host)) return host;
  return undefined;
}

function firstFree(choices: readonly number[], taken: ReadonlySet<number>): number {
  const chosen = choices.find((host) => !taken.has(host));
  if (chosen !== undefined) return chosen;
  for (let host = 2; host <= LAST_HOST; host++) if (!taken.has(host)) return host;
  throw new RangeError('a /24 holds no more addresses');
}

function byNumber(one: string, other: string): number {
  return (parseIpv4(one) ?? 0) - (parseIpv4(other) ?? 0);
}

function requireSubnet(text: string): Subnet {
  const subnet = parseSubnet(text);
  if (!subnet) throw new RangeError(`not a subnet: ${text}`);
  return subnet;
}
