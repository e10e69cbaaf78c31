import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { rangeText, reservedAs } from '../../cluster/cluster-checks';
import { contains, gatewayOf, parseIpv4, parseSubnet } from '../../cluster/ipv4';
import type { Finding } from '../../finding/finding';
import type { AddressUse } from './addresses';

/** The address a node's own keepalived.conf says it has. */
export interface OwnAddress {
  readonly path: string;
  readonly use: AddressUse;
}

/** Where the address of a node that is known by a host name stands; undefined for every other node. */
export type OwnAddressOf = (node: ClusterNode) => OwnAddress | undefined;

/** The cluster with an address for each node that is known by a host name, where its keepalived.conf has one. */
export function addressed(cluster: Cluster, ownOf: OwnAddressOf): Cluster {
  if (cluster.nodes.every((node) => ownOf(node) === undefined)) return cluster;
  const nodes = cluster.nodes.map((node) => {
    const own = ownOf(node);
    return own === undefined ? node : { ...node, address: own.use.text, host: node.address };
  });
  return { ...cluster, nodes };
}

/** What cluster.yaml's own checks could not see behind a host name: an address that its node cannot have. */
export function ownAddressChecks(cluster: Cluster, ownOf: OwnAddressOf): readonly Finding[] {
  const resolved = addressed(cluster, ownOf);
  return cluster.nodes.flatMap((node): Finding[] => {
    const own = ownOf(node);
    const wrong = own && problemOf(resolved, node.name, own.use);
    if (own === undefined || wrong === undefined) return [];
    const { text, range } = own.use;
    const message = `unicast_src_ip gives ${node.name} the address ${text}, which is ${wrong.what}.`;
    return [{ code: 'WSP010', severity: 'error', file: own.path, range, message, remedy: wrong.remedy }];
  });
}

interface Problem {
  readonly what: string;
  readonly remedy: string;
}

function problemOf(
  { nodes, vip, subnet: text }: Cluster,
  name: string,
  use: AddressUse,
): Problem | undefined {
  const remedy = `Write the address ${name} has in the network of the nodes.`;
  const other = nodes.find((node) => node.name !== name && parseIpv4(node.address) === use.number);
  if (other !== undefined) return { what: `that of ${other.name}`, remedy };
  if (parseIpv4(vip) === use.number) return { what: 'the VIP', remedy };
  const subnet = parseSubnet(text);
  if (subnet === undefined) return undefined;
  const inside = `Use an address from ${rangeText(subnet)}.`;
  if (!contains(subnet, use.number)) return { what: `outside the subnet ${text}`, remedy: inside };
  // As in cluster.yaml: the first address is the bridge's only in the lab.
  const reserved = use.number === gatewayOf(subnet) ? undefined : reservedAs(subnet, use.number);
  return reserved === undefined ? undefined : { what: `${reserved} of ${text}`, remedy: inside };
}
