import type { Cluster } from '../../cluster/cluster';
import { parseIpv4 } from '../../cluster/ipv4';
import type { Finding } from '../../finding/finding';
import { plainRange } from '../../languages/core/text/byte-range';
import type { MonitoringList } from '../../languages/gitlab-rb/rules/access/monitoring-list';
import { anyCovers } from '../../languages/gitlab-rb/rules/support/network';
import { changedPorts } from '../../services/changed-ports';
import { labCluster } from '../../services/lab-layers';
import { isMember } from '../../services/placement';
import { portsOf } from '../../services/ports';
import { deployedServices, service, type DeployedService } from '../../services/registry';
import { sectionOf, sectionsOf } from '../../services/settings';
import type { Entrance } from './completeness';
import { runs } from './speaking';

/** HAProxy of one node that asks another, or its own, for a page. */
interface Asker {
  readonly name: string;
  readonly address: string;
  readonly pool: string;
  readonly uri: string;
}

const KEY = "gitlab_rails['monitoring_whitelist']";

/**
 * Nodes whose gitlab.rb does not let HAProxy ask for what its checks ask: it gets 404 and takes them out. Silent about a
 * list that is not known, and about whoever is known by a host name alone.
 */
export function askingChecks(cluster: Cluster, entrances: readonly Entrance[]): readonly Finding[] {
  const lab = labCluster(cluster);
  const haproxies = entrances.filter(({ name }) => isMember(cluster, service('haproxy'), name));
  return entrances.flatMap((node) => {
    const { monitoring } = node;
    if (monitoring === undefined || !serves(lab, node)) return [];
    const askers = haproxies.flatMap((haproxy) => askersOf(lab, haproxy, node));
    const refused = askers.filter(({ address }) => anyCovers(monitoring.entries, address) === false);
    return refused.length === 0 ? [] : [refusal(node, monitoring, refused, askers)];
  });
}

function serves(lab: Cluster, node: Entrance): boolean {
  return deployedServices().some((candidate) => candidate.answersMonitoring && runs(lab, candidate, node));
}

/** The questions of one HAProxy to one node. */
function askersOf(lab: Cluster, { name, address: own, haproxy }: Entrance, node: Entrance): readonly Asker[] {
  const number = parseIpv4(node.address);
  return (haproxy?.facts.spoken ?? []).flatMap(({ name: pool, asked }) =>
    asked.flatMap(({ number: to, port, uri, source: address = own }): Asker[] => {
      const known = to === number && parseIpv4(address) !== undefined;
      return known && answersAt(lab, node, port) ? [{ name, address, pool, uri }] : [];
    }),
  );
}

/** True where GitLab answers at a port of a node to others than the node itself. */
function answersAt(lab: Cluster, node: Entrance, port: number): boolean {
  return deployedServices().some((candidate) => {
    const { id, monitoringPages: pages } = candidate;
    if (pages === undefined || !runs(lab, candidate, node)) return false;
    const own = portsOf(id, changedPorts(node.settings)).find(({ name }) => name === pages);
    const place = placeOf(candidate, pages, node);
    return own?.port === port && (place === undefined || place === node.address);
  });
}

/** Where a service listens at a port of its; undefined for all addresses of the node. */
function placeOf({ id }: DeployedService, port: string, { settings }: Entrance): string | undefined {
  const places = sectionsOf(id).map((section) => section.places?.(sectionOf(settings, section))[port]);
  return places.find((place) => place !== undefined);
}

function refusal(
  node: Entrance,
  { entries, written, range }: MonitoringList,
  refused: readonly Asker[],
  askers: readonly Asker[],
): Finding {
  const [{ pool, uri } = { pool: '', uri: '' }] = refused;
  const names = unique(refused.map(({ name }) => name));
  const addresses = unique(refused.map(({ address }) => address));
  const passes = askers.some(({ name }) => !names.includes(name));
  const list = written ? 'this list' : `the list in force, ${entries.join(' and ')},`;
  const message = `HAProxy of ${names.join(', ')} asks ${node.name} for ${uri} ("${pool}") from ${addresses.join(', ')}, which ${list} leaves out: it gets 404 and takes ${node.name} out.`;
  const quoted = (written ? addresses : [...entries, ...addresses]).map((address) => `'${address}'`);
  return {
    code: 'WSP016',
    severity: passes ? 'warning' : 'error',
    file: node.gitlabRb,
    range: plainRange(range),
    message,
    remedy: written ? `Add ${quoted.join(', ')}.` : `Write ${KEY} = [${quoted.join(', ')}].`,
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
