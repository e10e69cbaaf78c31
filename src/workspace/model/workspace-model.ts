import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { parseIpv4 } from '../../cluster/ipv4';
import { closestWord } from '../../finding/did-you-mean';
import type { Finding } from '../../finding/finding';
import { blocksDeployment } from '../../finding/finding';
import type { EvaluatedConfig } from '../../languages/gitlab-rb/evaluate/evaluated-config';
import { labCluster } from '../../services/lab-layers';
import { servicesOn } from '../../services/placement';
import { defaultSettings, settleSettings, type NodeSettings } from '../../services/settings';
import { CLUSTER_FILE, nodeOfFile } from '../files/workspace-files';
import { askingChecks } from '../proxies/asking';
import { proxyChecks, type ProxyFile } from '../proxies/checks';
import { completenessChecks, type Entrance } from '../proxies/completeness';
import { addressed, ownAddressChecks, type OwnAddress, type OwnAddressOf } from '../proxies/own-addresses';
import { crossChecks } from '../rules/between-nodes';
import type { CheckedNode } from '../rules/checked-node';
import { speakingChecks } from '../proxies/speaking';
import { isWorkspaceRule } from '../rules/workspace-rules';
import { configuredLayers, withLayers } from '../settings/configured-layers';
import { nodeSettings, type NodeSettingsReading } from '../settings/node-settings';
import type { FileFacts } from '../facts/facts';
import { withoutContradictions } from './contradictions';
import { atStart, unreadFinding } from './file-findings';

/** A node of the cluster with what its files say. */
export interface EvaluatedNode {
  readonly node: ClusterNode;
  /** Defaults < cluster.yaml < gitlab.rb. */
  readonly settings: NodeSettings;
  /** Of its gitlab.rb (where it would be, when it has none), its haproxy.cfg and its keepalived.conf. */
  readonly paths: { readonly gitlabRb: string; readonly haproxyCfg: string; readonly keepalivedConf: string };
  /** Undefined when it has no gitlab.rb. */
  readonly config: EvaluatedConfig | undefined;
}

/** A workspace as its files make it. */
export interface Evaluation {
  /** Undefined when nobody knows what is meant; with a wrong value in it, it is there, and so is the finding. */
  readonly cluster: Cluster | undefined;
  readonly nodes: readonly EvaluatedNode[];
  /** Of the workspace, and of those its languages have, the ones that decide about it. Nothing is silenced. */
  readonly findings: readonly Finding[];
}

/**
 * The one model of a workspace: cluster, nodes and files, for the editor, the command line and a deployment. Of a file
 * that changes only its own facts are made again; what spans files compares facts. Pure, and never throws.
 */
export class WorkspaceModel {
  private readonly files = new Map<string, FileFacts>();
  private readonly settings = new Map<string, SettingsMemo>();
  private layered: { readonly of: Cluster; readonly layers: string; readonly cluster: Cluster } | undefined;
  private evaluated: Evaluation | undefined;
  private betweenFiles: readonly Finding[] | undefined;

  /** Says what a file holds now; undefined when it is gone. @param path relative to the workspace */
  set(path: string, facts: FileFacts | undefined): void {
    if (this.files.get(path) === facts) return;
    if (facts === undefined) this.files.delete(path);
    else this.files.set(path, facts);
    this.evaluated = undefined;
    this.betweenFiles = undefined;
  }

  /** True when something is known of a file, be it only that it cannot be read. */
  has(path: string): boolean {
    return this.files.has(path);
  }

  /** Everything the files say together. */
  evaluate(): Evaluation {
    return (this.evaluated ??= this.read());
  }

  /** What stands between the files, besides the findings each language has in each of them; silenced ones left out. */
  between(): readonly Finding[] {
    return (this.betweenFiles ??= this.evaluate()
      .findings.filter((finding) => isWorkspaceRule(finding.code) && !this.isSilenced(finding))
      .map((finding) => ({ ...finding, docs: `rules/${finding.code}.md` })));
  }

  /** True when a comment in its file silences a finding. */
  isSilenced({ code, file, range }: Finding): boolean {
    const facts = this.files.get(file);
    if (facts === undefined || facts.kind === 'unread') return false;
    return facts.suppressions.some(
      ({ id, line }) => id === code && (line === undefined || line === range.start.line),
    );
  }

  private read(): Evaluation {
    const description = this.files.get(CLUSTER_FILE);
    if (description?.kind !== 'cluster') {
      const findings = description?.kind === 'unread' ? this.unread() : [missingCluster()];
      return { cluster: undefined, nodes: [], findings };
    }
    const { cluster: described, findings: ofCluster } = description.reading;
    if (described === undefined) return { cluster: described, nodes: [], findings: ofCluster };
    const ownOf: OwnAddressOf = (node) => this.ownAddress(node);
    const cluster = this.asked(addressed(described, ownOf));
    const findings = [
      ...ofCluster,
      ...this.unread(),
      ...this.strayFolders(cluster),
      ...ownAddressChecks(described, ownOf),
    ];
    const read = cluster.nodes.map((node) => this.readNode(cluster, node, findings));
    const nodes = settled(read);
    // With an unreadable value the checks would judge defaults nobody asked for.
    if (read.every(({ sure }) => sure) && !blocksDeployment(ofCluster)) {
      findings.push(
        ...crossChecks(
          cluster,
          nodes.map((node) => this.checked(node)),
        ),
      );
    }
    findings.push(
      ...this.proxies(cluster, nodes, new Set(read.filter(isSure).map(({ node }) => node.node.name))),
    );
    return { cluster, nodes, findings: withoutContradictions(findings) };
  }

  /** The cluster with the layers its lab runs; the same one as long as nothing of that changes. */
  private asked(cluster: Cluster): Cluster {
    if (cluster.lab.layers !== undefined) return cluster;
    const layers = configuredLayers(
      cluster.nodes.flatMap(({ name }) => {
        const facts = this.files.get(`nodes/${name}/gitlab.rb`);
        return facts?.kind === 'gitlab-rb' ? [facts.config] : [];
      }),
    );
    const known = this.layered;
    if (known?.of === cluster && known.layers === layers.join()) return known.cluster;
    this.layered = { of: cluster, layers: layers.join(), cluster: withLayers(cluster, layers) };
    return this.layered.cluster;
  }

  private readNode(cluster: Cluster, node: ClusterNode, findings: Finding[]): ReadNode {
    const path = `nodes/${node.name}/gitlab.rb`;
    const services = servicesOn(labCluster(cluster), node.name);
    const needed = new Set(services.map(({ ownFile }) => ownFile));
    const proxy = (folder: string, file: string): string =>
      this.ownOrShared(node, folder, file, needed.has(file) ? findings : []);
    const paths = {
      gitlabRb: path,
      haproxyCfg: proxy('haproxy', 'haproxy.cfg'),
      keepalivedConf: proxy('keepalived', 'keepalived.conf'),
    };
    const facts = this.files.get(path);
    const base = { node, paths, settings: defaultSettings(cluster, node), config: undefined };
    const configured = services.some(({ gitlabRbRoots }) => gitlabRbRoots.length > 0);
    if (facts === undefined && configured) findings.push(missingGitlabRb(node, path));
    if (facts?.kind !== 'gitlab-rb') return { node: base, decided: NOTHING, sure: facts === undefined };
    findings.push(...facts.faults);
    const { config } = facts;
    // After a syntax error half of the file is missing: only the error itself is worth telling.
    if (facts.faults.length > 0) return { node: { ...base, config }, decided: NOTHING, sure: false };
    const reading = this.settingsOf(cluster, base, config);
    findings.push(...reading.findings);
    return {
      node: { ...base, config, settings: reading.settings },
      decided: reading.decided,
      sure: !blocksDeployment(reading.findings),
    };
  }

  /** The settings of a node, made again only for another cluster or another text. */
  private settingsOf(cluster: Cluster, base: EvaluatedNode, config: EvaluatedConfig): NodeSettingsReading {
    const { node, paths, settings } = base;
    const known = this.settings.get(node.name);
    if (known?.cluster === cluster && known.config === config) return known.reading;
    const reading = nodeSettings(settings, config, cluster, node, paths.gitlabRb);
    this.settings.set(node.name, { cluster, config, reading });
    return reading;
  }

  private ownOrShared(node: ClusterNode, folder: string, file: string, findings: Finding[]): string {
    const own = `nodes/${node.name}/${file}`;
    const shared = `${folder}/${file}`;
    if (this.files.has(own)) return own;
    if (!this.files.has(shared)) {
      const remedy = `Create ${shared} for all nodes, or ${own}.`;
      findings.push(atStart('WSP003', 'error', own, `${node.name} has no ${file}.`, remedy));
    }
    return shared;
  }

  /** @param sure names of the nodes whose settings are all known */
  private proxies(
    cluster: Cluster,
    nodes: readonly EvaluatedNode[],
    sure: ReadonlySet<string>,
  ): readonly Finding[] {
    const found = new Map<string, Finding>();
    const entrances = nodes.map((node) => this.entrance(node, sure.has(node.node.name)));
    const findings = [
      ...entrances.flatMap(({ haproxy, keepalived }) => proxyChecks(cluster, haproxy, keepalived)),
      ...completenessChecks(cluster, entrances),
      ...speakingChecks(cluster, entrances),
      ...askingChecks(cluster, entrances),
    ];
    for (const finding of findings) {
      // A shared file is read for every node and reported once.
      const { code, file, range } = finding;
      const key = JSON.stringify([code, file, range]);
      if (!found.has(key)) found.set(key, finding);
    }
    return [...found.values()];
  }

  private entrance({ node, settings, paths, config: read }: EvaluatedNode, sure: boolean): Entrance {
    const [haproxy, keepalived] = [this.proxy(paths.haproxyCfg), this.proxy(paths.keepalivedConf)];
    const config = sure ? read : undefined;
    const { name, address } = node;
    const { gitlabRb } = paths;
    const facts = this.files.get(gitlabRb);
    const monitoring = sure && facts?.kind === 'gitlab-rb' ? facts.monitoring : undefined;
    return { name, address, settings, config, gitlabRb, monitoring, haproxy, keepalived };
  }

  private checked({ node, settings, paths, config }: EvaluatedNode): CheckedNode {
    const frontends = this.proxy(paths.haproxyCfg)?.facts.boundEverywhere ?? [];
    return { ...node, settings, file: paths.gitlabRb, config, frontends };
  }

  /** The address a node has that is known by a host name, as its keepalived.conf says it. */
  private ownAddress({ name, address }: ClusterNode): OwnAddress | undefined {
    if (parseIpv4(address) !== undefined) return undefined;
    const path = `nodes/${name}/keepalived.conf`;
    const use = this.proxy(path)?.facts.own;
    return use && { path, use };
  }

  /** Undefined for a file that is missing or unread, which is told already. */
  private proxy(path: string): ProxyFile | undefined {
    const facts = this.files.get(path);
    return facts?.kind === 'proxy' ? { path, facts } : undefined;
  }

  private unread(): readonly Finding[] {
    return [...this.files].flatMap(([path, facts]) =>
      facts.kind === 'unread' ? [unreadFinding(path, facts.file)] : [],
    );
  }

  /** Folders under nodes/ that belong to no node are most often a name misspelt. */
  private strayFolders(cluster: Cluster): readonly Finding[] {
    const names = cluster.nodes.map((node) => node.name);
    const strays = new Map<string, string>();
    for (const path of [...this.files.keys()].sort()) {
      const name = nodeOfFile(path);
      if (name !== undefined && !names.includes(name) && !strays.has(name)) strays.set(name, path);
    }
    return [...strays].map(([name, path]) => strayFolder(name, path, names));
  }
}

/** A node's settings with what they were made of. */
interface SettingsMemo {
  readonly cluster: Cluster;
  readonly config: EvaluatedConfig;
  readonly reading: NodeSettingsReading;
}

interface ReadNode {
  readonly node: EvaluatedNode;
  /** What its gitlab.rb decided of its settings. */
  readonly decided: ReadonlySet<string>;
  /** False when its settings are not all known. */
  readonly sure: boolean;
}

const isSure = ({ sure }: ReadNode): boolean => sure;

const NOTHING: ReadonlySet<string> = new Set();

/** The nodes with what no node's file decides alone, such as who starts as Redis master. */
function settled(read: readonly ReadNode[]): readonly EvaluatedNode[] {
  const settings = settleSettings(read.map(({ node, decided }) => ({ settings: node.settings, decided })));
  return read.map(({ node }, at) => ({ ...node, settings: settings[at] ?? node.settings }));
}

function missingCluster(): Finding {
  const remedy = 'Create one: name, network (subnet, vip) and three nodes with name and address.';
  return atStart('WSP001', 'error', CLUSTER_FILE, 'The workspace has no cluster.yaml.', remedy);
}

function missingGitlabRb({ name }: ClusterNode, path: string): Finding {
  const message = `${name} has no gitlab.rb: the lab uses its defaults.`;
  return atStart('WSP002', 'warning', path, message, `Create ${path}, or take ${name} out of cluster.yaml.`);
}

function strayFolder(name: string, path: string, names: readonly string[]): Finding {
  const message = `The folder nodes/${name} belongs to no node of cluster.yaml.`;
  const close = closestWord(name, names);
  const remedy =
    close === undefined
      ? 'Add the node to cluster.yaml, or delete the folder.'
      : `Rename it to nodes/${close}, or add the node to cluster.yaml.`;
  return atStart('WSP006', 'warning', path, message, remedy);
}
