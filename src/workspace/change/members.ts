import type { Cluster, ClusterNode } from '../../cluster/cluster';
import { readClusterYaml } from '../../cluster/cluster-yaml';
import type { Finding } from '../../finding/finding';
import { LAYERS, type LayerId } from '../../cluster/layer';
import { deployedServices } from '../../services/registry';
import { filesOfCluster } from '../create/create-workspace';
import { CLUSTER_FILE, filesOfNode, nodeOfFile } from '../files/workspace-files';
import { withLayers } from '../settings/configured-layers';
import type { Texts } from './change';
import { addToClusterYaml, removeFromClusterYaml } from './cluster-nodes';
import { merge } from './merge';

/** A place that has to be changed by hand: the file has something of its own there. */
export interface ByHand {
  readonly path: string;
  /** From 0, in the file as it becomes. */
  readonly line: number;
  readonly wanted: readonly string[];
}

/** What becomes of the files of a workspace that has a node more or less. */
export interface MembersChange {
  /** New texts by path, of new files too. */
  readonly files: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
  readonly byHand: readonly ByHand[];
}

/** The finding in cluster.yaml that forbids it, or undefined where cluster.yaml cannot be changed for it. */
export interface Refused {
  readonly refused: Finding | undefined;
}

/**
 * Adds a node. What that means for each file is what a new workspace with that node has otherwise than one without it; what
 * else the files say stays. The new node's files are those of the last node that has the like, made its own. Pure.
 * @param cluster as it is before
 */
export function withNode(texts: Texts, cluster: Cluster, node: ClusterNode): MembersChange | Refused {
  return carriedOver(texts, cluster, addToClusterYaml(texts.get(CLUSTER_FILE) ?? '', node));
}

/** Takes a node out, and its own files with it. Pure. @param cluster as it is before */
export function withoutNode(texts: Texts, cluster: Cluster, name: string): MembersChange | Refused {
  const change = carriedOver(texts, cluster, removeFromClusterYaml(texts.get(CLUSTER_FILE) ?? '', name));
  if ('refused' in change) return change;
  return { ...change, removed: filesOfNode(name).filter((path) => texts.has(path)) };
}

/** The layers a workspace has files for, as the texts of its gitlab.rb say it. */
function writtenLayers(texts: Texts): readonly LayerId[] {
  const code = [...texts]
    .filter(([path]) => path.endsWith('gitlab.rb'))
    .flatMap(([, text]) => text.split('\n').map((line) => line.replace(/#.*$/, '')));
  const words = new Set(
    code.flatMap((line) => line.match(/\b[a-z_]+_role\b|^[a-z_]+(?=\['enable'\] = true)/g) ?? []),
  );
  const written = new Set(
    deployedServices()
      .filter(({ roles = [], gitlabRbRoots }) =>
        [...roles, ...gitlabRbRoots.slice(0, 1)].some((word) => words.has(word)),
      )
      .map(({ layer }) => layer),
  );
  return LAYERS.filter(({ id, usual }) => usual === true || written.has(id)).map(({ id }) => id);
}

function carriedOver(
  texts: Texts,
  cluster: Cluster,
  description: string | undefined,
): MembersChange | Refused {
  const { cluster: after, findings } = readClusterYaml(description ?? '');
  const refused = findings.find(({ severity }) => severity === 'error');
  if (description === undefined) return { refused: undefined };
  if (after === undefined || refused !== undefined) return { refused };
  const files = new Map([[CLUSTER_FILE, description]]);
  const byHand: ByHand[] = [];
  const layers = writtenLayers(texts);
  const filesNow = (each: Cluster): ReadonlyMap<string, string> => filesOfCluster(withLayers(each, layers));
  const [before, wanted] = [filesNow(cluster), filesNow(after)];
  const put = (path: string, like: string, base: string | undefined, becomes: string | undefined): void => {
    const own = texts.get(like);
    if (own === undefined || base === undefined || becomes === undefined) return;
    const ends = own.includes('\r\n') ? '\r\n' : '\n';
    const { text, conflicts } = merge(base.replaceAll('\n', ends), own, becomes.replaceAll('\n', ends));
    if (text !== texts.get(path)) files.set(path, text);
    byHand.push(...conflicts.filter(({ wanted: lines }) => says(lines)).map((one) => ({ path, ...one })));
  };
  const names = after.nodes.map(({ name }) => name);
  for (const path of texts.keys()) {
    const node = nodeOfFile(path);
    if (path !== CLUSTER_FILE && (node === undefined || names.includes(node)))
      put(path, path, meant(before, path), meant(wanted, path));
  }
  for (const { name } of after.nodes) {
    if (cluster.nodes.some((known) => known.name === name)) continue;
    for (const path of filesOfNode(name)) {
      const like = likeOf(path, texts, cluster);
      if (like !== undefined) put(path, like, meant(before, like), meant(wanted, path));
      else if (wanted.has(path) && !isShared(path, texts)) files.set(path, wanted.get(path) ?? '');
    }
  }
  return { files, removed: [], byHand };
}

/** A comment that is not as it would be needs nobody's hand. */
function says(lines: readonly string[]): boolean {
  return lines.some((line) => !/^\s*(?:[#!].*)?$/.test(line));
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The text a new workspace has for a file; where it keeps one for each node, or one for all, that one. */
function meant(files: ReadonlyMap<string, string>, path: string): string | undefined {
  const same = [...files.keys()].find(
    (other) => nodeOfFile(other) === undefined && nameOf(other) === nameOf(path),
  );
  return files.get(path) ?? files.get(same ?? '');
}

/** The last node's file of the same name. */
function likeOf(path: string, texts: Texts, { nodes }: Cluster): string | undefined {
  const others = nodes.map(({ name }) => `nodes/${name}/${nameOf(path)}`);
  return others.reverse().find((other) => texts.has(other));
}

function isShared(path: string, texts: Texts): boolean {
  return [...texts.keys()].some((other) => nodeOfFile(other) === undefined && nameOf(other) === nameOf(path));
}
