import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readClusterYaml } from '../../cluster/cluster-yaml';

/** What the files of a folder are written for. */
export interface Versions {
  readonly gitlab: string | undefined;
  readonly haproxy: string | undefined;
}

/** Finds the versions the nearest cluster.yaml above a file names; asks the disk once per folder. */
export class ClusterVersions {
  private readonly byFolder = new Map<string, Promise<Versions | undefined>>();

  async of(file: string): Promise<Versions> {
    return (await this.inFolder(dirname(resolve(file)))) ?? { gitlab: undefined, haproxy: undefined };
  }

  private inFolder(folder: string): Promise<Versions | undefined> {
    const known = this.byFolder.get(folder) ?? this.read(folder);
    this.byFolder.set(folder, known);
    return known;
  }

  private async read(folder: string): Promise<Versions | undefined> {
    const text = await readFile(join(folder, 'cluster.yaml'), 'utf8').catch(() => undefined);
    if (text !== undefined) {
      const { cluster } = readClusterYaml(text);
      if (cluster !== undefined) return { gitlab: cluster.gitlabVersion, haproxy: cluster.haproxyVersion };
    }
    const parent = dirname(folder);
    return parent === folder ? undefined : this.inFolder(parent);
  }
}
