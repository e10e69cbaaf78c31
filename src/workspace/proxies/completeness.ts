import type { Cluster } from '../../cluster/cluster';
import { parseIpv4 } from '../../cluster/ipv4';
import type { Finding } from '../../finding/finding';
import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import type { MonitoringList } from '../../languages/gitlab-rb/rules/access/monitoring-list';
import { changedPorts } from '../../services/changed-ports';
import { isMember } from '../../services/placement';
import { portsOf } from '../../services/ports';
import { deployedServices, type DeployedService } from '../../services/registry';
import type { NodeSettings } from '../../services/settings';
import type { ProxyFile } from './checks';
import type { ServerPool } from './members';

/** A node with its entrance's files; undefined where it has none, or nobody has read it. */
export interface Entrance {
  readonly name: string;
  readonly address: string;
  readonly settings: NodeSettings;
  /** Its gitlab.rb; undefined where it has none, or its settings are not all known. */
  readonly config: EvaluatedConfig | undefined;
  /** Path of its gitlab.rb (where it would be, when it has none), and who may ask for health by it. */
  readonly gitlabRb: string;
  readonly monitoring: MonitoringList | undefined;
  readonly haproxy: ProxyFile | undefined;
  readonly keepalived: ProxyFile | undefined;
}

/**
 * Nodes that the files of others leave out, as happens where one is added: all that hold the virtual address must hear each
 * other, and a pool of servers ends where the one that is left out is the one that serves. A shared file is told once for
 * each node that reads it.
 */
export function completenessChecks(cluster: Cluster, nodes: readonly Entrance[]): readonly Finding[] {
  return [
    ...nodes.flatMap((node) => unheard(cluster, node, nodes)),
    ...nodes.flatMap(({ haproxy }) =>
      (haproxy?.facts.pools ?? []).flatMap((pool) => incomplete(cluster, haproxy?.path ?? '', pool, nodes)),
    ),
  ];
}

function unheard({ vip }: Cluster, node: Entrance, nodes: readonly Entrance[]): readonly Finding[] {
  const peers = node.keepalived?.facts.peers;
  if (node.keepalived === undefined || peers === undefined || !holdsVip(node, vip)) return [];
  const missing = nodes.filter((other) => {
    const number = numberOf(other);
    return (
      other.name !== node.name && number !== undefined && !peers.numbers.has(number) && holdsVip(other, vip)
    );
  });
  if (missing.length === 0) return [];
  const names = missing.map(({ name }) => name).join(', ');
  const addresses = missing.map(({ address }) => address).join(' and ');
  return [
    {
      code: 'WSP011',
      severity: 'error',
      file: node.keepalived.path,
      range: peers.range,
      message: `${names} also may hold ${vip}, but unicast_peer of ${node.name} does not name ${addresses}: they do not hear each other, and both hold it.`,
      remedy: `Add ${addresses} to unicast_peer.`,
    },
  ];
}

function holdsVip({ keepalived }: Entrance, vip: string): boolean {
  return keepalived?.facts.addresses.some(({ text }) => text === vip) === true;
}

function numberOf({ address }: Entrance): number | undefined {
  return parseIpv4(address);
}

/** Silent where a pool is of one machine only, or leads elsewhere as well: then nobody knows what it is for. */
function incomplete(
  cluster: Cluster,
  file: string,
  { name, range, servers }: ServerPool,
  nodes: readonly Entrance[],
): readonly Finding[] {
  const port = servers[0]?.port;
  const named = nodes.filter((node) => servers.some(({ number }) => number === numberOf(node)));
  const known = new Set(named.map(numberOf));
  if (port === undefined || named.length < 2) return [];
  if (servers.some((server) => server.port !== port || !known.has(server.number))) return [];
  const service = deployedServices().find((candidate) =>
    named.every((node) => listensOn(cluster, candidate, node, port)),
  );
  const missing = nodes.filter(
    (node) =>
      service !== undefined &&
      !named.includes(node) &&
      numberOf(node) !== undefined &&
      listensOn(cluster, service, node, port),
  );
  if (service === undefined || missing.length === 0) return [];
  const names = missing.map((node) => node.name).join(', ');
  const lines = missing.map((node) => `"server ${node.name} ${node.address}:${port} check"`).join(' and ');
  const message = `"${name}" leaves out ${names}, where ${service.title} runs as well: while that one serves, nobody gets there.`;
  return [{ code: 'WSP012', severity: 'warning', file, range, message, remedy: `Add ${lines}.` }];
}

function listensOn(cluster: Cluster, service: DeployedService, node: Entrance, port: number): boolean {
  return (
    isMember(cluster, service, node.name) &&
    portsOf(service.id, changedPorts(node.settings)).some((own) => own.port === port)
  );
}
