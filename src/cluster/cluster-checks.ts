import type { ClusterDraft, LayerDraft, NodeDraft } from './cluster-sections';
import {
  broadcastOf,
  contains,
  formatIpv4,
  formatSubnet,
  gatewayOf,
  parseIpv4,
  parseSubnet,
  type Subnet,
} from './ipv4';
import { exampleAddress } from './examples';
import { isDomain, isHostName } from './host-name';
import type { LayerId } from './layer';
import type { Located, YamlReader } from './yaml-reader';

/** Lower-case DNS label (RFC 1123). */
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** Names that mean something else on every machine, or in every lab. */
const OWN_NAMES: ReadonlyMap<string, string> = new Map([
  ['localhost', "every machine's name for itself"],
  ['gateway', "the name of the lab's gateway"],
]);
/** `<lab>-<node>` is a container's name and host name; a host name has at most 63 characters. */
const LONGEST_NAME = 31;
/** More have been tried by nobody. */
const MOST_NODES = 15;
/** Below this PostgreSQL, Consul and Patroni together do not start reliably. */
const LEAST_MEMORY_MB = 384;

/** Everything that can be wrong with values that are of the right type. */
export function checkDraft(reader: YamlReader, draft: ClusterDraft): void {
  checkScalars(reader, draft);
  const subnet = checkSubnet(reader, draft.subnet);
  checkNodes(reader, draft, subnet);
  checkVip(reader, draft, subnet);
  checkLayers(reader, draft);
  checkLab(reader, draft);
}

function checkScalars(reader: YamlReader, draft: ClusterDraft): void {
  checkLabel(reader, draft.name, 'name', 'the lab');
  const { domain } = draft;
  if (domain !== undefined && !isDomain(domain.value)) {
    const remedy = 'Use a host name such as gitlab.example.com.';
    reader.report('CLU007', domain.range, `"${domain.value}" is no domain name.`, remedy);
  }
  for (const [key, version] of [
    ['gitlab_version', draft.gitlabVersion],
    ['haproxy_version', draft.haproxyVersion],
  ] as const) {
    if (version === undefined || /^\d{1,3}\.\d{1,3}$/.test(version.value)) continue;
    const example = key === 'gitlab_version' ? '"19.3"' : '"3.0"';
    const message = `${key} "${version.value}" is not of the form major.minor.`;
    reader.report('CLU024', version.range, message, `Write it in quotes, for example ${key}: ${example}`);
  }
}

function checkLabel(reader: YamlReader, name: Located<string> | undefined, key: string, of: string): void {
  if (name === undefined) return;
  if (name.value.length <= LONGEST_NAME && LABEL.test(name.value)) return;
  reader.report(
    'CLU007',
    name.range,
    `The ${key} "${name.value}" of ${of} cannot be a host name.`,
    `Use lower-case letters, digits and inner hyphens, at most ${LONGEST_NAME} characters.`,
  );
}

function checkSubnet(reader: YamlReader, text: Located<string> | undefined): Subnet | undefined {
  if (text === undefined) return undefined;
  const subnet = parseSubnet(text.value);
  const remedy = 'Write it as a.b.c.d/prefix, for example 172.30.0.0/24.';
  if (subnet === undefined) {
    reader.report('CLU010', text.range, `"${text.value}" is no IPv4 network.`, remedy);
    return undefined;
  }
  if (formatSubnet(subnet) !== text.value) {
    const message = `"${text.value}" is an address inside a network, not the network.`;
    const write = formatSubnet(subnet);
    reader.report('CLU010', text.range, message, `Write ${write}.`, { write });
  }
  if (subnet.prefix < 8 || subnet.prefix > 28) {
    const message = `A /${subnet.prefix} network is too ${subnet.prefix < 8 ? 'large' : 'small'} for a cluster.`;
    reader.report('CLU010', text.range, message, 'Use a prefix from /8 to /28, for example /24.');
  }
  return subnet;
}

function checkNodes(reader: YamlReader, draft: ClusterDraft, subnet: Subnet | undefined): void {
  const nodes = draft.nodes;
  if (nodes === undefined) return;
  if (nodes.value.length < 3 || nodes.value.length > MOST_NODES) {
    const message = `The cluster has ${count(nodes.value.length, 'node')}; three are needed for a majority.`;
    const many = `The cluster has ${nodes.value.length} nodes; the lab runs at most ${MOST_NODES}.`;
    const remedy = 'List three nodes under "nodes".';
    reader.report('CLU015', nodes.range, nodes.value.length < 3 ? message : many, remedy);
  }
  const names = new Map<string, number>();
  const addresses = new Map<string, NodeDraft>();
  for (const [index, node] of nodes.value.entries()) {
    checkNodeName(reader, node, index, names);
    checkNodeAddress(reader, node, subnet, addresses);
    checkHost(reader, node, addresses);
    checkKnownAs(reader, node, draft);
  }
}

/** Host names that lead elsewhere: every node's file of names could say only one of the two. */
function checkKnownAs(reader: YamlReader, { name, address, host }: NodeDraft, draft: ClusterDraft): void {
  const known = host ?? address;
  if (known === undefined || !isHostName(known.value)) return;
  const text = known.value.toLowerCase();
  const others = (draft.nodes?.value ?? []).flatMap((node) => node.name?.value ?? []);
  const elsewhere =
    text === draft.domain?.value.toLowerCase()
      ? "the cluster's domain"
      : text !== name?.value && others.includes(text)
        ? 'the name of another node'
        : OWN_NAMES.get(text);
  if (elsewhere === undefined) return;
  const message = `"${known.value}" is ${elsewhere} and cannot lead to ${nodeWord(name)}.`;
  reader.report('CLU009', known.range, message, 'Give each node a host name of its own.');
}

function nodeWord(name: Located<string> | undefined): string {
  return name === undefined ? 'a node' : `node "${name.value}"`;
}

function checkNodeName(reader: YamlReader, node: NodeDraft, index: number, names: Map<string, number>): void {
  const { name } = node;
  if (name === undefined) return;
  checkLabel(reader, name, 'name', `node ${index + 1}`);
  const earlier = names.get(name.value);
  if (earlier !== undefined) {
    const message = `Nodes ${earlier + 1} and ${index + 1} are both called "${name.value}".`;
    reader.report('CLU008', name.range, message, 'Give each node a name of its own.');
  }
  names.set(name.value, index);
  if (name.value === 'gateway') {
    const message = 'A node cannot be called "gateway": the lab has a container of this name.';
    reader.report('CLU007', name.range, message, 'Choose another name, for example node1.');
  }
}

function checkNodeAddress(
  reader: YamlReader,
  node: NodeDraft,
  subnet: Subnet | undefined,
  addresses: Map<string, NodeDraft>,
): void {
  const { address } = node;
  if (address === undefined) return;
  const who = node.name === undefined ? 'A node' : `Node "${node.name.value}"`;
  const number = isHostName(address.value) ? undefined : checkAddress(reader, address, subnet);
  if (number === undefined && !isHostName(address.value)) return;
  const earlier = addresses.get(address.value.toLowerCase());
  if (earlier !== undefined) {
    const other = earlier.name === undefined ? 'another node' : `node "${earlier.name.value}"`;
    const message = `${who} has the same address as ${other}: ${address.value}.`;
    reader.report('CLU009', address.range, message, 'Give each node an address of its own.');
  }
  addresses.set(address.value.toLowerCase(), node);
  if (subnet === undefined || number === undefined) return;
  if (!contains(subnet, number)) {
    const message = `${who} has the address ${address.value}, which is outside the subnet ${formatSubnet(subnet)}.`;
    reader.report('CLU011', address.range, message, `Use an address from ${rangeText(subnet)}.`);
    return;
  }
  // A node may have the first address: only in the lab it is the bridge's, and the lab finds the bridge another.
  const reserved = number === gatewayOf(subnet) ? undefined : reservedAs(subnet, number);
  if (reserved !== undefined) {
    const message = `${who} has the address ${address.value}, which is ${reserved} of ${formatSubnet(subnet)}.`;
    reader.report('CLU014', address.range, message, `Use an address from ${rangeText(subnet)}.`);
  }
}

/** The host name beside an address. */
function checkHost(reader: YamlReader, node: NodeDraft, addresses: Map<string, NodeDraft>): void {
  const { host, address } = node;
  if (host === undefined) return;
  const who = nodeWord(node.name);
  if (!isHostName(host.value)) {
    const message = `"${host.value}", the host of ${who}, is no host name.`;
    reader.report(
      'CLU007',
      host.range,
      message,
      'Write it with letters, digits, hyphens and dots, for example gl1.example.com.',
    );
    return;
  }
  if (address !== undefined && isHostName(address.value)) {
    const message = `The address of ${who} is a host name already.`;
    reader.report('CLU007', host.range, message, 'Write its IPv4 address as "address", or leave "host" out.');
    return;
  }
  if (addresses.has(host.value.toLowerCase())) {
    const message = `Another node is known as "${host.value}" already.`;
    reader.report('CLU009', host.range, message, 'Give each node a host name of its own.');
  }
  addresses.set(host.value.toLowerCase(), node);
}

function checkVip(reader: YamlReader, draft: ClusterDraft, subnet: Subnet | undefined): void {
  const { vip } = draft;
  if (vip === undefined) return;
  const number = checkAddress(reader, vip, subnet, 100);
  if (number === undefined) return;
  if (subnet !== undefined && !contains(subnet, number)) {
    const message = `The VIP ${vip.value} is outside the subnet ${formatSubnet(subnet)}.`;
    reader.report('CLU012', vip.range, message, `Use a free address from ${rangeText(subnet)}.`);
    return;
  }
  const owner = draft.nodes?.value.find((node) => node.address?.value === vip.value);
  const reserved = subnet && reservedAs(subnet, number);
  const clash = owner === undefined ? reserved : `the address of node "${owner.name?.value ?? '?'}"`;
  if (clash === undefined) return;
  const remedy = 'Choose an address that nobody else has: Keepalived moves it between the nodes.';
  reader.report('CLU013', vip.range, `The VIP ${vip.value} is ${clash}.`, remedy);
}

function checkAddress(
  reader: YamlReader,
  address: Located<string>,
  subnet: Subnet | undefined,
  host = 11,
): number | undefined {
  const number = parseIpv4(address.value);
  if (number === undefined) {
    const example = exampleAddress(subnet && formatSubnet(subnet), host);
    const remedy = `Write four numbers from 0 to 255 without leading zeros, for example ${example}.`;
    reader.report('CLU010', address.range, `"${address.value}" is no IPv4 address.`, remedy);
  }
  return number;
}

function checkLayers(reader: YamlReader, draft: ClusterDraft): void {
  const names = (draft.nodes?.value ?? []).flatMap((node) => (node.name ? [node.name.value] : []));
  for (const [id, layer] of draft.layers) {
    checkPlacement(reader, id, layer, names);
    checkVoters(reader, id, layer, names);
    checkListed(reader, `Layer ${id}`, 'has the pooler', layer.poolers?.value ?? [], names);
  }
  checkConsulServers(reader, draft);
}

function checkPlacement(reader: YamlReader, id: LayerId, draft: LayerDraft, names: readonly string[]): void {
  checkListed(reader, `Layer ${id}`, 'runs on', draft.nodes?.value ?? [], names);
  if (draft.nodes?.value.length === 0 && draft.enabled?.value !== false) {
    const remedy = 'List the nodes it runs on, leave "nodes" out for all of them, or write enabled: false.';
    reader.report('CLU018', draft.nodes.range, `Layer ${id} is enabled but runs on no node.`, remedy);
  }
}

function checkListed(
  reader: YamlReader,
  what: string,
  does: string,
  listed: readonly Located<string>[],
  names: readonly string[],
): void {
  const placed = new Set<string>();
  for (const node of listed) {
    if (names.length > 0 && !names.includes(node.value)) {
      const message = `${what} ${does} "${node.value}", which is no node of this cluster.`;
      reader.reportWord('CLU018', node, message, names);
    } else if (placed.has(node.value)) {
      reader.report('CLU018', node.range, `${what} lists "${node.value}" twice.`, 'Remove one of the two.');
    }
    placed.add(node.value);
  }
}

/** Nodes that vote in a layer without holding its data. */
function checkVoters(reader: YamlReader, id: LayerId, draft: LayerDraft, names: readonly string[]): void {
  const { voters } = draft;
  if (voters === undefined) return;
  checkListed(reader, `Layer ${id}`, 'has the voter', voters.value, names);
  const placed = draft.nodes?.value.map(({ value }) => value) ?? names;
  for (const voter of voters.value) {
    if (!placed.includes(voter.value)) continue;
    const message = `Layer ${id} runs on "${voter.value}", which has a vote by that already.`;
    reader.report('CLU018', voter.range, message, 'Name it once: under nodes, or under voters.');
  }
}

/** A quorum of n servers bears (n - 1) / 2 failures: an even number pays for a server that buys nothing. */
function checkConsulServers(reader: YamlReader, draft: ClusterDraft): void {
  const servers = draft.layers.get('coordination');
  if (servers?.enabled?.value === false) {
    const database = draft.layers.get('database');
    if (database?.enabled?.value === false) return;
    const message = 'Layer coordination is off, but the database needs it to elect a leader.';
    reader.report('CLU027', servers.enabled.range, message, 'Enable it, or disable layer database as well.');
    return;
  }
  // Left out, it is an odd number of them.
  if (servers?.nodes === undefined) return;
  const size = new Set(servers.nodes.value.map((n) => n.value)).size;
  const even = size % 2 === 0;
  if (size === 0 || (!even && size >= 3)) return;
  const message = even
    ? `${size} Consul servers are an even number: they bear no more failures than ${size - 1}.`
    : `${count(size, 'Consul server')} cannot survive the loss of one.`;
  const remedy = 'Run layer coordination on three (or five) nodes.';
  // Four servers work as three do; one or two are no cluster.
  reader.report('CLU016', servers.nodes.range, message, remedy, {
    severity: size >= 4 ? 'warning' : 'error',
  });
}

function checkLab(reader: YamlReader, draft: ClusterDraft): void {
  const { profile, memoryMb, cpus, ports, layers } = draft.lab;
  if (layers?.value.length === 0) {
    const remedy = 'Name at least one layer, or leave "layers" out for the usual ones.';
    reader.report('CLU018', layers.range, 'The lab is to run no layer.', remedy);
  }
  if (profile?.value === 'omnibus') {
    const message = 'The omnibus profile is not available in this version.';
    reader.report('CLU020', profile.range, message, 'Use profile: core.', { write: 'core' });
  }
  if (memoryMb !== undefined && (!Number.isInteger(memoryMb.value) || memoryMb.value < LEAST_MEMORY_MB)) {
    const message = `A node cannot run with memory_mb: ${memoryMb.value}.`;
    reader.report(
      'CLU021',
      memoryMb.range,
      message,
      `Give it at least ${LEAST_MEMORY_MB} (MiB); 1024 is usual.`,
    );
  }
  if (cpus !== undefined && (cpus.value < 0 || (cpus.value > 0 && cpus.value < 0.1))) {
    const message = `A node cannot run with cpus: ${cpus.value}.`;
    reader.report('CLU023', cpus.range, message, 'Use 0 for no limit, or at least 0.1.');
  }
  for (const [key, { value, range }] of ports) {
    if (Number.isInteger(value) && value >= 0 && value <= 65535) continue;
    const remedy = 'Use a port from 1 to 65535, or 0 for any free one.';
    reader.report('CLU022', range, `${key}: ${value} is no port.`, remedy);
  }
}

/** What else a network has an address for, as a noun with its article; undefined when a machine may have it. */
export function reservedAs(subnet: Subnet, address: number): string | undefined {
  if (address === subnet.network) return 'the network address';
  if (address === broadcastOf(subnet)) return 'the broadcast address';
  if (address === gatewayOf(subnet)) return "the bridge's address (gateway)";
  return undefined;
}

/** The addresses machines of a network may have. */
export function rangeText(subnet: Subnet): string {
  return `${formatIpv4(gatewayOf(subnet) + 1)} to ${formatIpv4(broadcastOf(subnet) - 1)}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
