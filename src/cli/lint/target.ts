import { dirname, join, resolve } from 'node:path';
import {
  LARGEST_CLUSTER_FILE,
  readClusterVersions,
  type ClusterVersions,
} from '../../cluster/cluster-versions';
import { readLocalFile } from '../../server/files/node-folder';

/** Finds the versions the nearest cluster.yaml above a file names; asks the disk once per folder. */
export class NearestVersions {
  private readonly byFolder = new Map<string, Promise<ClusterVersions>>();

  of(file: string): Promise<ClusterVersions> {
    return this.inFolder(dirname(resolve(file)));
  }

  private inFolder(folder: string): Promise<ClusterVersions> {
    const known = this.byFolder.get(folder) ?? this.read(folder);
    this.byFolder.set(folder, known);
    return known;
  }

  private async read(folder: string): Promise<ClusterVersions> {
    const content = await readLocalFile(join(folder, 'cluster.yaml'), LARGEST_CLUSTER_FILE);
    if (content instanceof Uint8Array) return readClusterVersions(Buffer.from(content).toString('utf8'));
    const parent = dirname(folder);
    return parent === folder ? {} : this.inFolder(parent);
  }
}
