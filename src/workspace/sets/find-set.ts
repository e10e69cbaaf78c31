import type { PartFile } from '../../languages/core/joined/joined-text';
import type { FileKind } from '../../languages/file-types';
import type { ConfigurationSet } from './configuration-set';
import { filesTaken, haproxySet, type Outlines } from './haproxy-set';
import { keepalivedSet } from './keepalived-set';
import type { SetAccess } from './set-access';

/** Finds which files are one configuration: as somebody says, else by their folder and by what is in them. */
export class SetFinder {
  private readonly outlines: Outlines = new Map();

  /**
   * The configuration a file is a part of; undefined where it stands by itself.
   * @param path of the file, whole and with forward slashes
   * @param said configurations of HAProxy in several files, each as the paths HAProxy is given (files and folders), whole;
   * a file in one of them is a part of that and of no other
   */
  async find(
    kind: FileKind,
    path: string,
    text: string,
    access: SetAccess,
    said: readonly (readonly string[])[] = [],
  ): Promise<ConfigurationSet | undefined> {
    if (kind === 'keepalived') return asSet(await keepalivedSet(path, text, access), path, access);
    if (kind !== 'haproxy') return undefined;
    for (const configuration of said) {
      const paths = await expanded(configuration, access);
      if (paths.includes(path)) return asSet(paths, path, access);
    }
    return asSet(await haproxySet(path, access, this.outlines), path, access);
  }
}

/** The files HAProxy reads when it is given these files and folders, each once. */
async function expanded(given: readonly string[], access: SetAccess): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const path of given) {
    const names = filesTaken(await access.names(path));
    paths.push(...(names.length === 0 ? [path] : names.map((name) => `${path}/${name}`)));
  }
  return [...new Set(paths)];
}

async function asSet(
  paths: readonly string[] | undefined,
  path: string,
  access: SetAccess,
): Promise<ConfigurationSet | undefined> {
  const files: PartFile[] = [];
  for (const one of paths ?? []) {
    const text = await access.read(one);
    if (text !== undefined) files.push({ ...access.named(one), text });
  }
  const { id } = access.named(path);
  const at = files.findIndex((file) => file.id === id);
  return files.length < 2 || at < 0 ? undefined : { files, at };
}
