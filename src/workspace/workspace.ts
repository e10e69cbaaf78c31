import type { Cluster, ClusterNode } from '../cluster/cluster';
import { blocksDeployment, type Finding } from '../finding/finding';
import type { EvaluatedConfig } from '../languages/gitlab-rb/evaluate/evaluated-config';
import type { RubyParserLoader } from '../languages/gitlab-rb/ruby/ruby-parser';
import type { NodeSettings } from '../services/settings';
import { textOf, type WorkspaceFiles } from './files/workspace-files';
import { includedBeside } from './files/included-beside';
import { readFacts } from './facts/read-facts';
import { WorkspaceModel, type EvaluatedNode } from './model/workspace-model';
import { rootScripts } from './proxies/root-scripts';

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
  /** Comments silence warnings; an error stays, because nothing can be made of it. */
  readonly findings: readonly Finding[];
}

/**
 * Reads a workspace: cluster.yaml, then each node's gitlab.rb, haproxy.cfg and keepalived.conf (a node's own
 * file wins over the shared one). Never throws for what is in the files.
 * @param files path relative to the workspace (forward slashes) to text, or why there is none
 * @param loadParser gives the Ruby parser; only asked when there is a gitlab.rb. Its rejection is passed on.
 */
export async function readWorkspace(
  files: WorkspaceFiles,
  loadParser: RubyParserLoader,
): Promise<WorkspaceReading> {
  const model = await modelOf(files, loadParser);
  const { cluster, nodes, findings: all } = model.evaluate();
  const findings = all.filter((finding) => finding.severity === 'error' || !model.isSilenced(finding));
  if (cluster === undefined || blocksDeployment(findings)) return { findings };
  const spec = { cluster, nodes: nodes.map((node) => specOf(node, files)) };
  const asRoot = rootScripts(new Map(spec.nodes.map(({ keepalivedConf: { path, text } }) => [path, text])));
  return { spec, findings: [...findings, ...asRoot] };
}

/** The model of a workspace whose files nobody has read yet. Rejects only when the parser cannot be loaded. */
export async function modelOf(files: WorkspaceFiles, loadParser: RubyParserLoader): Promise<WorkspaceModel> {
  const hasRuby = [...files].some(([path, file]) => path.endsWith('/gitlab.rb') && typeof file === 'string');
  const parser = hasRuby ? await loadParser() : undefined;
  const model = new WorkspaceModel();
  for (const [path, content] of files) {
    const included =
      typeof content === 'string'
        ? await includedBeside(path, content, (other) => Promise.resolve(textOf(files, other)))
        : undefined;
    model.set(path, readFacts(path, content, parser, included));
  }
  return model;
}

function specOf({ node, settings, paths, config }: EvaluatedNode, files: WorkspaceFiles): NodeSpec {
  const file = (path: string): WorkspaceFile => ({ path, text: textOf(files, path) ?? '' });
  return {
    node,
    settings,
    haproxyCfg: file(paths.haproxyCfg),
    keepalivedConf: file(paths.keepalivedConf),
    ...(config === undefined ? {} : { gitlabRb: { ...file(paths.gitlabRb), config } }),
  };
}
