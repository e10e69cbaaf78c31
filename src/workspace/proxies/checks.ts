import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { contains, networkOf, parseIpv4, parseSubnet, type Subnet } from '../../cluster/ipv4';
import type { Finding } from '../../finding/finding';
import { atStart } from '../model/file-findings';
import type { AddressUse, ProxyFacts } from './addresses';

/** A haproxy.cfg or keepalived.conf with what it says. */
export interface ProxyFile {
  readonly path: string;
  readonly facts: ProxyFacts;
}

/** Networks of labs: one of these /24 each. */
const LAB_NETWORKS: Subnet = { network: 0xac1e0000, prefix: 16 };

/**
 * The few things about haproxy.cfg and keepalived.conf that decide whether a lab can come up. Of a file that nobody has
 * read nothing is said.
 */
export function proxyChecks(
  cluster: Cluster,
  haproxy: ProxyFile | undefined,
  keepalived: ProxyFile | undefined,
): readonly Finding[] {
  return [
    ...emptiness(haproxy, 'Write frontends that bind the VIP, and backends with the nodes.'),
    ...emptiness(keepalived, `Write a vrrp_instance with virtual_ipaddress { ${cluster.vip} }.`),
    ...addressChecks(cluster, haproxy),
    ...addressChecks(cluster, keepalived),
    ...missingVip(cluster, keepalived),
  ];
}

function emptiness(proxy: ProxyFile | undefined, remedy: string): readonly Finding[] {
  if (proxy?.facts.empty !== true) return [];
  const { path } = proxy;
  return [atStart('WSP003', 'error', path, `${path} is empty.`, remedy)];
}

function addressChecks(cluster: Cluster, proxy: ProxyFile | undefined): readonly Finding[] {
  if (proxy === undefined) return [];
  const { path, facts } = proxy;
  const subnet = parseSubnet(cluster.subnet);
  if (subnet === undefined) return [];
  const known = new Set([cluster.vip, ...cluster.nodes.map((node) => node.address)]);
  const unsure = cluster.nodes.filter(({ address }) => parseIpv4(address) === undefined);
  const told = new Set<string>();
  return facts.addresses.flatMap((use): Finding[] => {
    if (isWiderNetwork(use, subnet)) return [widerNetwork(use, cluster, path)];
    if (!isStranger(use, subnet, known)) return [];
    if (unsure.length === 0) return [stranger(use, known, path)];
    const again = told.has(use.text);
    told.add(use.text);
    return again ? [] : [perhapsOf(unsure, use, path)];
  });
}

/** It may be a node's that is known by a host name alone: only cluster.yaml can say so. */
function perhapsOf(nodes: readonly ClusterNode[], { text, range }: AddressUse, path: string): Finding {
  const names = nodes.map(({ name }) => name).join(', ');
  const [first] = nodes;
  const message = `${text} may be one of ${names}, of which cluster.yaml has no address: the lab leads it to nobody.`;
  const remedy = `Write both in cluster.yaml, for example address: ${text}, host: ${first?.address ?? ''}.`;
  return { code: 'WSP004', severity: 'warning', file: path, range, message, remedy };
}

/** Addresses inside the cluster's subnet that belong to nobody are slips; others may be anything. */
function isStranger(
  { text, number, prefix }: AddressUse,
  subnet: Subnet,
  known: ReadonlySet<string>,
): boolean {
  if (known.has(text) || !contains(subnet, number)) return false;
  return !(prefix !== undefined && number === subnet.network);
}

function stranger({ text, range }: AddressUse, known: ReadonlySet<string>, path: string): Finding {
  const message = `${text} is neither a node of cluster.yaml nor its VIP.`;
  const remedy = `Use one of: ${[...known].join(', ')}.`;
  return { code: 'WSP004', severity: 'warning', file: path, range, message, remedy };
}

/**
 * A network around the cluster's own has no counterpart in a lab, whose nodes have other addresses: it stays, and they
 * are not in it. Networks that hold every lab's addresses do no harm.
 */
function isWiderNetwork({ number, prefix }: AddressUse, subnet: Subnet): boolean {
  if (prefix === undefined || prefix >= subnet.prefix) return false;
  const holds = (other: Subnet): boolean =>
    prefix <= other.prefix && contains({ network: networkOf(number, prefix), prefix }, other.network);
  return holds(subnet) && !holds(LAB_NETWORKS);
}

function widerNetwork({ text, prefix, range }: AddressUse, { subnet }: Cluster, path: string): Finding {
  const message = `${text}/${prefix} stays as it is in the lab, whose nodes have addresses outside of it.`;
  const remedy = `Where the cluster alone is meant, write ${subnet}: it becomes the lab's own network.`;
  return { code: 'LAB016', severity: 'warning', file: path, range, message, remedy };
}

function missingVip({ vip }: Cluster, proxy: ProxyFile | undefined): readonly Finding[] {
  if (proxy === undefined) return [];
  const { path, facts } = proxy;
  if (facts.empty || facts.addresses.some(({ text }) => text === vip)) return [];
  const message = `${path} does not mention the VIP ${vip} of cluster.yaml: nobody would hold it.`;
  const remedy = `Add virtual_ipaddress { ${vip} } to the vrrp_instance.`;
  return [atStart('WSP005', 'warning', path, message, remedy)];
}
