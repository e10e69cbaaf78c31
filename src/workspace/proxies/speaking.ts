import type { Cluster } from '../../cluster/cluster';
import { parseIpv4 } from '../../cluster/ipv4';
import type { Finding, Severity } from '../../finding/finding';
import { valueAt } from '../../languages/gitlab-rb/evaluate/value';
import { changedPorts } from '../../services/changed-ports';
import type { Hearing } from '../../services/core/hearing';
import { labCluster } from '../../services/lab-layers';
import { isMember } from '../../services/placement';
import { portsOf } from '../../services/ports';
import { deployedServices, type DeployedService, type Service } from '../../services/registry';
import { sectionOf, sectionsOf } from '../../services/settings';
import type { WorkspaceRuleId } from '../rules/workspace-rules';
import type { Entrance } from './completeness';
import type { SpokenPool, SpokenServer } from './spoken';

/** What is wrong with one server of a pool; those of one pool with the same fault are told together. */
interface Fault {
  readonly code: WorkspaceRuleId;
  readonly severity: Severity;
  readonly server: SpokenServer;
  readonly node: string;
  /** @param nodes the names of all nodes it is about */
  message(nodes: string): string;
  readonly remedy: string;
}

/**
 * Where HAProxy speaks to a node otherwise than its gitlab.rb has the service listen: PROXY protocol, TLS, port. Silent
 * about a node whose settings are not all known, and about ports that are nobody's.
 */
export function speakingChecks(cluster: Cluster, entrances: readonly Entrance[]): readonly Finding[] {
  const lab = labCluster(cluster);
  return entrances.flatMap(({ haproxy }) =>
    (haproxy?.facts.spoken ?? []).flatMap((pool) => {
      const faults = pool.servers.flatMap((server) => {
        const node = entrances.find(({ address }) => parseIpv4(address) === server.number);
        return node?.config === undefined ? [] : (faultOf(lab, pool, server, node) ?? []);
      });
      return toldTogether(haproxy?.path ?? '', faults);
    }),
  );
}

function toldTogether(file: string, faults: readonly Fault[]): readonly Finding[] {
  const together = new Map<string, Fault[]>();
  for (const fault of faults) {
    const key = `${fault.code} ${fault.message('')}`;
    together.set(key, [...(together.get(key) ?? []), fault]);
  }
  return [...together.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { code, severity, server, remedy } = first;
    const message = first.message([...new Set(same.map(({ node }) => node))].join(', '));
    return [{ code, severity, file, range: server.range, message, remedy }];
  });
}

function faultOf(lab: Cluster, pool: SpokenPool, server: SpokenServer, node: Entrance): Fault | undefined {
  const services = deployedServices().filter((service) => runs(lab, service, node));
  for (const service of services) {
    const hearing = hearingAt(service, server.port, node);
    if (hearing === undefined) continue;
    const place = { pool, server, service, node: node.name, hearing };
    return tlsFault(place) ?? headerFault(place);
  }
  return portFault(services, pool, server, node);
}

/** True where a node runs a service: by its gitlab.rb, which has to be known, else by cluster.yaml. */
export function runs(lab: Cluster, service: Service, node: Entrance): boolean {
  const [root] = service.gitlabRbRoots;
  if (root === undefined) return false;
  const enabled = valueAt(node.config?.tree.get(root), ['enable']);
  if (enabled?.kind === 'boolean') return enabled.value && isMember(lab, service, node.name);
  return enabled === undefined && isMember(lab, service, node.name);
}

function hearingAt({ id }: DeployedService, port: number, { settings }: Entrance): Hearing | undefined {
  for (const section of sectionsOf(id)) {
    const own = sectionOf(settings, section);
    const ports = section.ports?.(own) ?? {};
    const found = Object.entries(section.hears?.(own) ?? {}).find(([name]) => ports[name] === port);
    if (found !== undefined) return found[1];
  }
  return undefined;
}

interface Place {
  readonly pool: SpokenPool;
  readonly server: SpokenServer;
  readonly service: DeployedService;
  readonly node: string;
  readonly hearing: Hearing;
}

function headerFault({ pool, server, service, node, hearing }: Place): Fault | undefined {
  const { proxyProtocol: sent } = server;
  const { proxyProtocol: heard, decidedBy: { proxyProtocol: key } = {} } = hearing;
  const fault = { code: 'WSP013', severity: 'error', server, node } as const;
  const { title } = service;
  if (sent !== undefined && heard === 'never') {
    const message = (nodes: string): string =>
      `"${pool.name}" sends the PROXY protocol (${sent}) to ${title} of ${nodes}, which takes it for nonsense: every connection is refused.`;
    const other = key === undefined ? '' : `, or let ${title} take it: ${key}`;
    return { ...fault, message, remedy: `Remove ${sent}${other}.` };
  }
  if (sent !== undefined || heard === 'never' || heard === 'passed over') return undefined;
  if (heard === 'must') {
    const message = (nodes: string): string =>
      `${title} of ${nodes} wants the PROXY protocol, which "${pool.name}" does not send: every connection is refused.`;
    return {
      ...fault,
      message,
      remedy: `Add send-proxy-v2 to the servers, or change ${key ?? 'the service'}.`,
    };
  }
  const message = (nodes: string): string =>
    `${title} of ${nodes} is told by the PROXY protocol who its client is, and "${pool.name}" does not send it: every client has HAProxy's address.`;
  return { ...fault, severity: 'warning', message, remedy: 'Add send-proxy-v2 to the servers.' };
}

function tlsFault({ pool, server, service, node, hearing }: Place): Fault | undefined {
  const { wire, wireIsAssumed } = server;
  if (wire === undefined || (wire === 'tls') === hearing.tls) return undefined;
  const fault = { code: 'WSP014', severity: 'error', server, node } as const;
  const key = hearing.decidedBy?.tls;
  // A service that knows no TLS has other clients at such a port, as SSH at 443.
  if (wireIsAssumed && key === undefined) return undefined;
  const where = (nodes: string): string => `${service.title} of ${nodes} at port ${server.port}`;
  if (wire === 'plain') {
    const message = (nodes: string): string =>
      `What "${pool.name}" sends is not encrypted, and ${where(nodes)} speaks TLS: every request is answered with an error.`;
    const remedy = `Add "ssl" and "verify required" with a ca-file to the servers, or leave TLS to HAProxy: ${key ?? 'the service'} = false.`;
    return { ...fault, message, remedy };
  }
  const message = (nodes: string): string =>
    `"${pool.name}" sends TLS to ${where(nodes)}, which does not speak it: every connection fails.`;
  const other = key === undefined ? '' : `, or write ${key} = true`;
  return { ...fault, message, remedy: `Let HAProxy send it without TLS${other}.` };
}

/** A port nobody has on the node: that of a service which has another one there, or of pages of GitLab. */
function portFault(
  services: readonly DeployedService[],
  pool: SpokenPool,
  server: SpokenServer,
  node: Entrance,
): Fault | undefined {
  const changed = changedPorts(node.settings);
  const { port } = server;
  const frontends = node.haproxy?.facts.boundEverywhere ?? [];
  if (frontends.includes(port)) return undefined;
  if (services.some(({ id }) => portsOf(id, changed).some((own) => own.port === port))) return undefined;
  for (const { id, title, gitlabPages } of services) {
    const usual = portsOf(id).find(
      (own) => own.port === port || (pool.asksGitlab && own.name === gitlabPages),
    );
    const real = usual && portsOf(id, changed).find(({ name }) => name === usual.name);
    if (real === undefined) continue;
    const message = (nodes: string): string =>
      `"${pool.name}" leads to port ${port} of ${nodes}, where ${title} listens on ${real.port}.`;
    const remedy = `Write the same port in both files: here, or in gitlab.rb of ${node.name}.`;
    return { code: 'WSP015', severity: 'warning', server, node: node.name, message, remedy };
  }
  return undefined;
}
