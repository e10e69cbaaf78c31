import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { formatIpv4, parseIpv4, parseSubnet } from '../../cluster/ipv4';
import { servicesOutside } from '../../services/placement';
import { reachedAt } from '../../services/settings';
import type { NodeSettings } from '../../services/settings';
import type { AddressMap } from './address-map';
import { containerName } from './names';
import type { ContainerShape } from './plan-hash';

const MEMORY_MB = 512;
/** Host numbers tried, in order, for a machine that the files give no address of the cluster's network. */
const CHOICES = [240, 241, 242, 243, 244, 245, 246, 239, 238, 237, 236, 235];
/** Where such a machine keeps its data: a folder of the service's name below the package's. */
const DATA = '/var/opt/gitlab';

/**
 * The cluster with the machines that its lab has outside the nodes. One that the files reach by an address of the
 * cluster's network has that address's counterpart; a host name becomes a further name of the machine.
 * @param cluster as its lab runs it, with the lab's addresses
 * @param settings of any node, with the lab's addresses
 */
export function withMachines(cluster: Cluster, map: AddressMap, settings: NodeSettings | undefined): Cluster {
  const services = settings === undefined ? [] : servicesOutside(cluster);
  if (settings === undefined || services.length === 0) return cluster;
  const taken = new Set([...Object.values(map.addresses), map.bridge, map.gateway]);
  const outside = services.map(({ id }): ClusterNode => {
    const host = reachedAt(id, settings);
    const isAddress = host !== undefined && parseIpv4(host) !== undefined;
    const address = isAddress && isFreeHost(host, cluster, map) ? host : spare(map, taken);
    taken.add(address);
    return { name: id, address, ...(host === undefined || isAddress ? {} : { host }) };
  });
  return { ...cluster, outside };
}

/** An address of the lab's network that the files mention, and that is no node's and not the virtual one. */
function isFreeHost(address: string, { nodes, vip }: Cluster, map: AddressMap): boolean {
  const used = [vip, map.bridge, map.gateway, ...nodes.map((node) => node.address)];
  return Object.values(map.addresses).includes(address) && !used.includes(address);
}

function spare({ to }: AddressMap, taken: ReadonlySet<string>): string {
  const network = parseSubnet(`${to.network}/${to.prefix}`)?.network ?? 0;
  const found = CHOICES.map((host) => formatIpv4(network + host)).find((address) => !taken.has(address));
  if (found === undefined) throw new RangeError('a /24 holds no more addresses');
  return found;
}

/** How the container of such a machine is made. @param image of its service */
export function outsideShape(
  cluster: Cluster,
  { name, address }: ClusterNode,
  image: string,
): ContainerShape {
  return {
    name: containerName(cluster.name, name),
    role: 'service',
    node: name,
    image,
    address,
    capabilities: [],
    sysctls: {},
    memoryMb: MEMORY_MB,
    cpus: 0,
    publish: [],
    // What its image says.
    command: [],
    environment: {},
    mounts: [{ volume: volumeName(cluster.name, name), path: `${DATA}/${name}` }],
    startsAfter: [],
    hosts: {},
  };
}

/** Its data outlives its container, which is made anew for a newer image. */
function volumeName(lab: string, machine: string): string {
  return `gitlab-ha-lab-${lab}.${machine}`;
}
