import type { Cluster } from '../../cluster/cluster';
import { contains, formatSubnet, networkOf, parseIpv4, parseSubnet } from '../../cluster/ipv4';
import { CLUSTER_FILE, nodeOfFile } from '../files/workspace-files';
import type { Change, Texts } from './change';

/** An IPv4 address and where the other files name it. */
interface Mentioned {
  readonly address: string;
  /** How often, by the node whose folder it is in; files all nodes share are under the empty name. */
  readonly counts: ReadonlyMap<string, number>;
}

const ADDRESS = /(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?![\w]|\.\w)/g;

/**
 * Changes that cluster.yaml has seen and the other files have not: a node that has another name or address now, another
 * VIP or subnet. Told by what the files say themselves: only what has one answer is in it. Pure.
 */
export function pendingChanges(cluster: Cluster, texts: Texts): readonly Change[] {
  const names = renamedNodes(cluster, texts);
  const folderOf = (node: string): string => names.find(({ to }) => to === node)?.from ?? node;
  return [...names, ...movedAddresses(cluster, texts, folderOf)];
}

/** Folders without a node and nodes without a folder: a pair when both name one address, or when there is one of each. */
function renamedNodes(cluster: Cluster, texts: Texts): readonly Change[] {
  const folders = new Set([...texts.keys()].flatMap((path) => nodeOfFile(path) ?? []));
  const strays = [...folders].filter((folder) => !cluster.nodes.some(({ name }) => name === folder));
  const lost = cluster.nodes.filter(({ name }) => !folders.has(name));
  const [stray] = strays;
  const [node] = lost;
  if (strays.length === 1 && lost.length === 1 && stray !== undefined && node !== undefined) {
    return [{ kind: 'node', from: stray, to: node.name }];
  }
  const mentioned = mentionedIn(texts);
  return strays.flatMap((folder): Change[] => {
    const own = mostIn(folder, mentioned)?.address;
    const found = lost.find(({ address }) => address === own);
    return found === undefined ? [] : [{ kind: 'node', from: folder, to: found.name }];
  });
}

function movedAddresses(
  cluster: Cluster,
  texts: Texts,
  folderOf: (node: string) => string,
): readonly Change[] {
  const known = new Set([cluster.vip, ...cluster.nodes.map(({ address }) => address)]);
  const mentioned = mentionedIn(texts);
  const used = new Set(mentioned.map(({ address }) => address));
  const strangers = mentioned.filter(({ address }) => !known.has(address));
  const moved = cluster.nodes.flatMap((node): Change[] => {
    // Behind a host name the files' address stays.
    if (used.has(node.address) || parseIpv4(node.address) === undefined) return [];
    const old = mostIn(folderOf(node.name), strangers)?.address;
    return old === undefined ? [] : [{ kind: 'address', from: old, to: node.address }];
  });
  const left = strangers.filter(({ address }) => !moved.some(({ from }) => from === address));
  const nodes = ambiguous(moved) ? [] : moved;
  return [...nodes, ...movedVip(cluster, used, left), ...movedSubnet(cluster, texts, nodes)];
}

/** Two nodes cannot have had one address. */
function ambiguous(changes: readonly Change[]): boolean {
  return new Set(changes.map(({ from }) => from)).size < changes.length;
}

function movedVip(
  cluster: Cluster,
  used: ReadonlySet<string>,
  left: readonly Mentioned[],
): readonly Change[] {
  const [only, more] = left;
  if (used.has(cluster.vip) || only === undefined || more !== undefined) return [];
  return [{ kind: 'address', from: only.address, to: cluster.vip }];
}

/** The network itself, where the files name the one in which the moved addresses were. */
function movedSubnet(cluster: Cluster, texts: Texts, moved: readonly Change[]): readonly Change[] {
  const subnet = parseSubnet(cluster.subnet);
  const first = parseIpv4(moved[0]?.from ?? '');
  if (subnet === undefined || first === undefined || contains(subnet, first)) return [];
  const old = { network: networkOf(first, subnet.prefix), prefix: subnet.prefix };
  const [from, to] = [formatSubnet(old), formatSubnet(subnet)];
  const rest = [...texts].filter(([path]) => path !== CLUSTER_FILE);
  return rest.some(([, text]) => text.includes(from)) ? [{ kind: 'subnet', from, to }] : [];
}

/** The address a node's own files name most, and more than once. */
function mostIn(node: string, mentioned: readonly Mentioned[]): Mentioned | undefined {
  const count = ({ counts }: Mentioned): number => counts.get(node) ?? 0;
  const [most, next] = [...mentioned].sort((one, other) => count(other) - count(one));
  if (most === undefined || count(most) < 2) return undefined;
  return next !== undefined && count(next) === count(most) ? undefined : most;
}

/** Addresses of machines that the files besides cluster.yaml name. */
function mentionedIn(texts: Texts): readonly Mentioned[] {
  const found = new Map<string, Map<string, number>>();
  for (const [path, text] of texts) {
    if (path === CLUSTER_FILE) continue;
    const node = nodeOfFile(path) ?? '';
    for (const [, address = ''] of text.matchAll(ADDRESS)) {
      if (!isMachine(address)) continue;
      const counts = found.get(address) ?? new Map<string, number>();
      found.set(address, counts.set(node, (counts.get(node) ?? 0) + 1));
    }
  }
  return [...found].map(([address, counts]) => ({ address, counts }));
}

/** Neither the loopback, nor a wildcard, nor a network's own number. */
function isMachine(address: string): boolean {
  const number = parseIpv4(address);
  if (number === undefined) return false;
  const first = number >>> 24;
  return first !== 0 && first !== 127 && first < 224 && (number & 255) !== 0;
}
