import { dirname, join, resolve } from 'node:path';
import {
  LARGEST_CLUSTER_FILE,
  readClusterVersions,
  type ClusterVersions,
} from '../../cluster/cluster-versions';
import type { Target } from '../../languages/core/language/language';
import { includedFiles } from '../../languages/gitlab-rb/evaluate/included-files';
import type { LintFile } from './find-files';
import { readDotEnv, type Variables } from '../../languages/compose/interpolation';
import { readLocalFile } from '../../server/files/node-folder';
import { CLUSTER_FILE } from '../../workspace/files/workspace-files';

/** The workspace a file belongs to. */
export interface NearestCluster {
  /** Folder of the nearest cluster.yaml above; undefined when there is none. */
  readonly folder: string | undefined;
  readonly versions: ClusterVersions;
}

/** Finds the nearest cluster.yaml above a file and the versions it names; asks the disk once per folder. */
export class NearestClusters {
  private readonly byFolder = new Map<string, Promise<NearestCluster>>();

  of(file: string): Promise<NearestCluster> {
    return this.inFolder(dirname(resolve(file)));
  }

  private inFolder(folder: string): Promise<NearestCluster> {
    const known = this.byFolder.get(folder) ?? this.read(folder);
    this.byFolder.set(folder, known);
    return known;
  }

  private async read(folder: string): Promise<NearestCluster> {
    const content = await readLocalFile(join(folder, CLUSTER_FILE), LARGEST_CLUSTER_FILE);
    if (content !== undefined) {
      const text = content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : '';
      return { folder, versions: readClusterVersions(text) };
    }
    const parent = dirname(folder);
    return parent === folder ? { folder: undefined, versions: {} } : this.inFolder(parent);
  }
}

/** The variables of the `.env` beside a compose file; nothing where there is none. */
async function variablesBeside(file: string): Promise<Variables> {
  const content = await readLocalFile(join(dirname(resolve(file)), '.env'), LARGEST_CLUSTER_FILE);
  return content instanceof Uint8Array ? readDotEnv(Buffer.from(content).toString('utf8')) : {};
}

/** What the meaning of a file depends on besides itself: files that lie beside it. */
export async function besides({
  kind,
  file,
  text,
}: LintFile): Promise<Pick<Target, 'included' | 'variables'>> {
  if (kind === 'compose') return { variables: await variablesBeside(file) };
  if (kind !== 'gitlab-rb' || !text.includes('from_file')) return {};
  const included = await includedFiles(text, async (path) => {
    const content = await readLocalFile(join(dirname(resolve(file)), path), LARGEST_INCLUDED);
    return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : undefined;
  });
  return { included };
}

const LARGEST_INCLUDED = 1024 * 1024;
