import type { Cluster, ClusterNode } from '../../cluster/cluster';
import type { Finding, Range } from '../../finding/finding';
import { plainRange } from '../../languages/core/text/byte-range';
import { valueAt } from '../../languages/gitlab-rb/evaluate/value';
import type { SettingsSection } from '../../services/core/settings';
import { labCluster } from '../../services/lab-layers';
import { servicesOn } from '../../services/placement';
import { changedPorts } from '../../services/changed-ports';
import { portsOf } from '../../services/ports';
import { sectionOf, sectionsOf } from '../../services/settings';
import type { CheckedNode } from './checked-node';
import { notation } from '../settings/node-settings';
import type { WorkspaceRuleId } from './workspace-rules';

/** A port that something on a node listens on. */
interface Listener {
  readonly title: string;
  readonly port: number;
  /** Where gitlab.rb says so. */
  readonly written: Written | undefined;
}

interface Written {
  readonly key: string;
  readonly range: Range;
}

const EVERYWHERE: ReadonlySet<string> = new Set(['', '*', '0.0.0.0', 'localhost']);

/** Ports and addresses of one node that its services cannot have: they would never start, or nobody would reach them. */
export function listeningChecks(cluster: Cluster, node: CheckedNode): readonly Finding[] {
  return [...clashes(cluster, node), ...foreignAddresses(cluster, node)];
}

/** Every service listens on the loopback besides its own addresses: one number is enough to clash. */
function clashes(cluster: Cluster, node: CheckedNode): readonly Finding[] {
  const listeners = listenersOn(cluster, node);
  return listeners.flatMap((listener, index): Finding[] => {
    const { written } = listener;
    if (written === undefined) return [];
    const other = listeners.find(
      ({ port, written: first }, at) =>
        at !== index && port === listener.port && (at < index || first === undefined),
    );
    if (other === undefined) return [];
    const message = `${listener.title} and ${other.title} would both listen on port ${listener.port} of ${node.name}.`;
    return [finding('LAB032', node, written, message, `Give ${written.key} another port.`)];
  });
}

function listenersOn(cluster: Cluster, node: CheckedNode): readonly Listener[] {
  const changed = changedPorts(node.settings);
  // The others have a file of their own, which says where they listen.
  const services = servicesOn(labCluster(cluster), node.name).filter(
    ({ gitlabRbRoots }) => gitlabRbRoots.length > 0,
  );
  const own = services.flatMap(({ id, title }) =>
    portsOf(id, changed)
      .filter(({ protocol }) => protocol !== 'vrrp')
      .map(({ port }) => ({ title, port, written: writtenPort(node, sectionsOf(id), port) })),
  );
  const bound = node.frontends.map((port) => ({
    title: 'a frontend of haproxy.cfg',
    port,
    written: undefined,
  }));
  return [...own, ...bound];
}

/** The key of a service's sections by which gitlab.rb gives it this port. */
function writtenPort(
  node: CheckedNode,
  sections: readonly SettingsSection[],
  port: number,
): Written | undefined {
  const found = sections.flatMap((section) => {
    const ports = section.ports?.(sectionOf(node.settings, section)) ?? {};
    const names = Object.keys(ports).filter((name) => ports[name] === port);
    if (names.length === 0) return [];
    const [within] = names.flatMap((name) => {
      const keys = section.portKeys?.[name];
      return keys === undefined ? [] : [keys];
    });
    return (within === undefined ? writtenAs(node, section, port) : writtenAt(node, within)) ?? [];
  });
  return found[0];
}

/** Where gitlab.rb gives a section's setting this value. */
function writtenAs(node: CheckedNode, section: SettingsSection, value: unknown): Written | undefined {
  const settings = new Map<string, unknown>(Object.entries(sectionOf(node.settings, section)));
  for (const { path, setting } of section.keys) {
    if (setting !== undefined && settings.get(setting) !== value) continue;
    const written = writtenAt(node, path);
    if (written !== undefined) return written;
  }
  return undefined;
}

function writtenAt(node: CheckedNode, path: readonly string[]): Written | undefined {
  const [root = '', ...keys] = path;
  const range = valueAt(node.config?.tree.get(root), keys)?.range;
  return range === undefined ? undefined : { key: notation(path), range };
}

function foreignAddresses(cluster: Cluster, node: CheckedNode): readonly Finding[] {
  return servicesOn(labCluster(cluster), node.name).flatMap(({ id, title }) =>
    sectionsOf(id).flatMap((section: SettingsSection): Finding[] => {
      const written = section.listens?.(sectionOf(node.settings, section)) ?? '';
      const place = writtenAs(node, section, written);
      const foreign = written.split(/[\s,]+/).filter((address) => !isOwn(address, node, cluster));
      if (place === undefined || foreign.length === 0) return [];
      const message = `${title} would listen on ${foreign.join(', ')}, which is no address of ${node.name}.`;
      return [finding('LAB033', node, place, message, `Write '0.0.0.0' or '${node.address}'.`)];
    }),
  );
}

function isOwn(address: string, node: Pick<ClusterNode, 'address' | 'host'>, { vip }: Cluster): boolean {
  if (EVERYWHERE.has(address) || address.startsWith('127.')) return true;
  return [node.address, node.host, vip].some((own) => own?.toLowerCase() === address.toLowerCase());
}

function finding(
  code: WorkspaceRuleId,
  node: CheckedNode,
  { range }: Written,
  message: string,
  remedy: string,
): Finding {
  return { code, severity: 'error', file: node.file, range: plainRange(range), message, remedy };
}
