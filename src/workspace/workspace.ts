import type { Cluster, ClusterNode } from '../cluster/cluster';
import { readClusterYaml } from '../cluster/cluster-yaml';
import { closestWord } from '../finding/did-you-mean';
import { blocksDeployment, type Finding, type Range, type Severity } from '../finding/finding';
import { defaultSettings, settleSettings } from '../services/settings';
import type { NodeSettings } from '../services/settings';
import { crossChecks } from './cross-checks';
import { evaluateGitlabRb } from '../languages/gitlab-rb/evaluate/evaluate';
import type { EvaluatedConfig } from '../languages/gitlab-rb/evaluate/evaluated-config';
import { nodeSettings } from './settings/node-settings';
import type { RubyParser, RubyParserLoader } from '../languages/gitlab-rb/ruby/ruby-parser';
import { haproxyFacts, keepalivedFacts } from './proxies/addresses';
import { proxyChecks } from './proxies/checks';
import { CLUSTER_FILE, type UnreadFile, type WorkspaceFiles } from './files/workspace-files';

/** A file of the workspace. */
export interface WorkspaceFile {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface NodeSpec {
  readonly node: ClusterNode;
  /** Defaults < cluster.yaml < gitlab.rb. */
  readonly settings: NodeSettings;
  /** Absent when the node has none: it then runs with the defaults. */
  readonly gitlabRb?: WorkspaceFile & { readonly config: EvaluatedConfig };
  readonly haproxyCfg: WorkspaceFile;
  readonly keepalivedConf: WorkspaceFile;
}

/** Everything a deployment needs to know of a workspace. */
export interface WorkspaceSpec {
  readonly cluster: Cluster;
  /** In the order of cluster.yaml. */
  readonly nodes: readonly NodeSpec[];
}

export interface WorkspaceReading {
  /** Undefined when any finding is an error: nothing may be created then. */
  readonly spec?: WorkspaceSpec;
  readonly findings: readonly Finding[];
}

const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const NOTHING: ReadonlySet<string> = new Set();

/**
 * Reads a workspace: cluster.yaml, then each node's gitlab.rb, haproxy.cfg and keepalived.conf (a node's own
 * file wins over the shared one). Never throws for what is in the files.
 * @param content path relative to the workspace (forward slashes) to text, or why there is none
 * @param loadParser gives the Ruby parser; only asked when there is a gitlab.rb. Its rejection is passed on.
 */
export async function readWorkspace(
  content: WorkspaceFiles,
  loadParser: RubyParserLoader,
): Promise<WorkspaceReading> {
  const unread = [...content].flatMap(([path, file]) =>
    typeof file === 'string' ? [] : unreadFile(path, file),
  );
  if (content.has(CLUSTER_FILE) && typeof content.get(CLUSTER_FILE) !== 'string') return { findings: unread };
  // An unread file is there: that it is empty or missing must not be said as well.
  const files = new Map([...content].map(([path, file]) => [path, typeof file === 'string' ? file : '']));
  const text = files.get(CLUSTER_FILE);
  if (text === undefined) {
    const message = 'The workspace has no cluster.yaml.';
    const remedy = 'Create one: name, network (subnet, vip) and three nodes with name and address.';
    return { findings: [atStart('WSP001', 'error', CLUSTER_FILE, message, remedy)] };
  }
  const { cluster, findings: clusterFindings } = readClusterYaml(text, CLUSTER_FILE);
  if (cluster === undefined) return { findings: clusterFindings };
  const findings = [...clusterFindings, ...unread, ...strayFolders(files, cluster)];
  const rubyFiles = cluster.nodes.some((node) => files.has(gitlabRbPath(node)));
  const parser = rubyFiles ? await loadParser() : undefined;
  const isUnread = (path: string): boolean => content.has(path) && typeof content.get(path) !== 'string';
  const nodes = readNodes(files, cluster, parser, findings, isUnread);
  return blocksDeployment(findings) ? { findings } : { spec: { cluster, nodes }, findings };
}

function readNodes(
  files: ReadonlyMap<string, string>,
  cluster: Cluster,
  parser: RubyParser | undefined,
  findings: Finding[],
  isUnread: (path: string) => boolean,
): readonly NodeSpec[] {
  const read = cluster.nodes.map((node) => readNode(files, cluster, node, parser, findings));
  const settled = settleSettings(read.map(({ spec, decided }) => ({ settings: spec.settings, decided })));
  const specs = read.map(({ spec }, index): NodeSpec => {
    const settings = settled[index];
    return settings === undefined ? spec : { ...spec, settings };
  });
  const checked = specs.map((spec) => ({
    name: spec.node.name,
    address: spec.node.address,
    settings: spec.settings,
    file: gitlabRbPath(spec.node),
    config: spec.gitlabRb?.config,
  }));
  // With an unreadable value the checks would judge defaults nobody asked for.
  if (!blocksDeployment(findings)) findings.push(...crossChecks(cluster, checked));
  const seen = new Set<string>();
  for (const { haproxyCfg, keepalivedConf } of specs) {
    for (const finding of proxyChecks(
      cluster,
      { path: haproxyCfg.path, facts: haproxyFacts(haproxyCfg.text) },
      { path: keepalivedConf.path, facts: keepalivedFacts(keepalivedConf.text) },
    )) {
      // A shared file is read for every node and reported once.
      const key = JSON.stringify([finding.code, finding.file, finding.range]);
      if (!seen.has(key) && files.has(finding.file) && !isUnread(finding.file)) findings.push(finding);
      seen.add(key);
    }
  }
  return specs;
}

function readNode(
  files: ReadonlyMap<string, string>,
  cluster: Cluster,
  node: ClusterNode,
  parser: RubyParser | undefined,
  findings: Finding[],
): { readonly spec: NodeSpec; readonly decided: ReadonlySet<string> } {
  const base = {
    node,
    settings: defaultSettings(cluster, node),
    haproxyCfg: ownOrShared(files, node, 'haproxy', 'haproxy.cfg', findings),
    keepalivedConf: ownOrShared(files, node, 'keepalived', 'keepalived.conf', findings),
  };
  const path = gitlabRbPath(node);
  const text = files.get(path);
  if (text === undefined || parser === undefined) {
    const message = `${node.name} has no gitlab.rb: the lab uses its defaults.`;
    const remedy = `Create ${path}, or take ${node.name} out of cluster.yaml.`;
    findings.push(atStart('WSP002', 'warning', path, message, remedy));
    return { spec: base, decided: NOTHING };
  }
  const config = evaluateGitlabRb(parser, text, path);
  findings.push(...config.findings);
  const gitlabRb = { path, text, config };
  // After a syntax error half of the file is missing: only the error itself is worth telling.
  if (blocksDeployment(config.findings)) return { spec: { ...base, gitlabRb }, decided: NOTHING };
  const reading = nodeSettings(base.settings, config, cluster, node, path);
  findings.push(...reading.findings);
  return { spec: { ...base, settings: reading.settings, gitlabRb }, decided: reading.decided };
}

function unreadFile(path: string, { unread, reason }: UnreadFile): Finding {
  const remedies = {
    'too-large': [
      'WSP008',
      'A configuration file has some hundred kilobytes at most: put the right one there.',
    ],
    'no-file': ['WSP007', 'Put the configuration file there.'],
    unreadable: ['WSP007', 'Let this user read it, or take it away.'],
    outside: ['WSP009', 'Copy the file into the workspace.'],
  } as const;
  const [code, remedy] = remedies[unread];
  return atStart(code, 'error', path, `${path} ${reason}.`, remedy);
}

function gitlabRbPath(node: ClusterNode): string {
  return `nodes/${node.name}/gitlab.rb`;
}

function ownOrShared(
  files: ReadonlyMap<string, string>,
  node: ClusterNode,
  folder: string,
  file: string,
  findings: Finding[],
): WorkspaceFile {
  const own = `nodes/${node.name}/${file}`;
  const shared = `${folder}/${file}`;
  const path = files.has(own) ? own : shared;
  const text = files.get(path);
  if (text !== undefined) return { path, text };
  const message = `${node.name} has no ${file}.`;
  findings.push(atStart('WSP003', 'error', own, message, `Create ${shared} for all nodes, or ${own}.`));
  return { path, text: '' };
}

/** Folders under nodes/ that belong to no node are most often a name misspelt. */
function strayFolders(files: ReadonlyMap<string, string>, cluster: Cluster): readonly Finding[] {
  const names = cluster.nodes.map((node) => node.name);
  const strays = new Map<string, string>();
  for (const path of [...files.keys()].sort()) {
    const [top, name, file] = path.split('/');
    if (top !== 'nodes' || name === undefined || file === undefined) continue;
    if (!names.includes(name) && !strays.has(name)) strays.set(name, path);
  }
  return [...strays].map(([name, path]) => {
    const message = `The folder nodes/${name} belongs to no node of cluster.yaml.`;
    const close = closestWord(name, names);
    const remedy =
      close === undefined
        ? 'Add the node to cluster.yaml, or delete the folder.'
        : `Rename it to nodes/${close}, or add the node to cluster.yaml.`;
    return atStart('WSP006', 'warning', path, message, remedy);
  });
}

function atStart(code: string, severity: Severity, file: string, message: string, remedy: string): Finding {
  return { code, severity, file, range: START, message, remedy };
}
