import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { readClusterYaml } from '../../cluster/cluster-yaml';
import { LAYERS } from '../../cluster/layer';
import type { Finding } from '../../finding/finding';
import type { StarterContext, WrittenProxy } from '../../services/core/starter';
import { labCluster } from '../../services/lab-layers';
import { nodesRunning, servicesOn } from '../../services/placement';
import { deployedServices, type DeployedService } from '../../services/registry';
import { STARTERS } from '../../services/starters';
import { CLUSTER_FILE } from '../files/workspace-files';
import { withLayers } from '../settings/configured-layers';
import type { WorkspaceAnswers } from './answers';
import { clusterText } from './cluster-text';
import { gitlabRbText } from './gitlab-rb-text';

const ALL = LAYERS.map(({ id }) => id);

/** A workspace that is to be written. */
export interface NewWorkspace {
  /** Text by path relative to the workspace, with forward slashes; empty when the answers contradict each other. */
  readonly files: ReadonlyMap<string, string>;
  /** What is wrong with the answers, in the words of cluster.yaml. */
  readonly findings: readonly Finding[];
}

/**
 * A complete workspace: cluster.yaml, and for each node the files the services on it need. Pure. Without an error in the
 * answers its files have no finding either.
 */
export function createWorkspace(answers: WorkspaceAnswers): NewWorkspace {
  const text = clusterText(answers);
  const { cluster: described, findings } = readClusterYaml(text, CLUSTER_FILE);
  if (described === undefined || findings.some(({ severity }) => severity === 'error')) {
    return { files: new Map(), findings };
  }
  const cluster = labCluster(withLayers(described, ALL));
  return { files: new Map([[CLUSTER_FILE, text], ...filesOfCluster(cluster)]), findings };
}

/** The files a new workspace has besides cluster.yaml, by path. Pure. */
export function filesOfCluster(given: Cluster): ReadonlyMap<string, string> {
  const cluster = labCluster(given);
  const proxies = proxiesOf(cluster);
  return new Map(cluster.nodes.flatMap((node) => filesOf(cluster, node, proxies)));
}

function filesOf(
  cluster: Cluster,
  node: ClusterNode,
  proxies: readonly WrittenProxy[],
): readonly (readonly [path: string, text: string])[] {
  const own = servicesOn(cluster, node.name).flatMap((service) => {
    const file = STARTERS[service.id]?.file;
    const context = contextOf(cluster, node, service);
    return file === undefined ? [] : [[file.path(context), file.text(context, proxies)] as const];
  });
  const gitlabRb = gitlabRbText(cluster, node);
  return gitlabRb === undefined ? own : [[`nodes/${node.name}/gitlab.rb`, gitlabRb], ...own];
}

function proxiesOf(cluster: Cluster): readonly WrittenProxy[] {
  return deployedServices().flatMap((service): WrittenProxy[] => {
    const proxy = STARTERS[service.id]?.proxy;
    const [node] = nodesRunning(cluster, service);
    if (proxy === undefined || node === undefined) return [];
    const { text, ...rest } = proxy;
    return [{ ...rest, sections: text(contextOf(cluster, node, service)) }];
  });
}

function contextOf(cluster: Cluster, node: ClusterNode, service: DeployedService): StarterContext {
  return { cluster, node, running: nodesRunning(cluster, service) };
}
