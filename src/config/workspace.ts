import type { Cluster, ClusterNode } from '../cluster/cluster';
import { readClusterYaml } from '../cluster/cluster-yaml';
import { defaultSettings } from '../cluster/default-settings';
import { blocksDeployment, type Finding, type Range } from '../cluster/finding';
import type { NodeSettings } from '../cluster/settings';
import type { EvaluatedConfig } from './gitlab-rb/evaluated-config';
import type { RubyParserLoader } from './gitlab-rb/ruby-parser';

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

/**
 * Reads a workspace: cluster.yaml, then each node's gitlab.rb, haproxy.cfg and keepalived.conf (a node's own
 * file wins over the shared one). Never throws for what is in the files.
 * @param files path relative to the workspace (forward slashes) to text
 * @param loadParser gives the Ruby parser; only asked when there is a gitlab.rb. Its rejection is passed on.
 */
export async function readWorkspace(
  files: ReadonlyMap<string, string>,
  loadParser: RubyParserLoader,
): Promise<WorkspaceReading> {
  void loadParser;
  const text = files.get('cluster.yaml');
  if (text === undefined) {
    const message = 'The workspace has no cluster.yaml.';
    const remedy = 'Create one: name, network (subnet, vip) and three nodes with name and address.';
    return {
      findings: [{ code: 'WSP001', severity: 'error', file: 'cluster.yaml', range: START, message, remedy }],
    };
  }
  const { cluster, findings } = readClusterYaml(text);
  if (cluster === undefined || blocksDeployment(findings)) return { findings };
  const nodes = cluster.nodes.map((node) => ({
    node,
    settings: defaultSettings(cluster, node),
    haproxyCfg: ownOrShared(files, node.name, 'haproxy', 'haproxy.cfg'),
    keepalivedConf: ownOrShared(files, node.name, 'keepalived', 'keepalived.conf'),
  }));
  return { spec: { cluster, nodes }, findings };
}

function ownOrShared(
  files: ReadonlyMap<string, string>,
  node: string,
  folder: string,
  file: string,
): WorkspaceFile {
  const own = `nodes/${node}/${file}`;
  const shared = `${folder}/${file}`;
  const text = files.get(own);
  return text === undefined ? { path: shared, text: files.get(shared) ?? '' } : { path: own, text };
}
