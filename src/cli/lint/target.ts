import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readClusterVersions, type ClusterVersions } from '../../cluster/cluster-versions';

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
    const text = await readFile(join(folder, 'cluster.yaml'), 'utf8').catch(() => undefined);
    if (text !== undefined) return readClusterVersions(text);
    const parent = dirname(folder);
    return parent === folder ? {} : this.inFolder(parent);
  }
}
