import { dirname, join, resolve } from 'node:path';
import {
  LARGEST_CLUSTER_FILE,
  readClusterVersions,
  type ClusterVersions,
} from '../../cluster/cluster-versions';
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
