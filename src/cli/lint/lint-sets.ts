import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readLocalFile } from '../../server/files/node-folder';
import type { FileKind } from '../../languages/file-types';
import type { ConfigurationSet } from '../../workspace/sets/configuration-set';
import type { SetFinder } from '../../workspace/sets/find-set';
import type { SetAccess } from '../../workspace/sets/set-access';
import { shownPath, type LintFile } from './find-files';

/** Which HAProxy files are one configuration. */
export type HaproxyFiles = 'found' | 'together' | 'apart';

/** Larger files are no part of a configuration. */
const LARGEST = 16 * 1024 * 1024;

/** The configurations that files are parts of; asks the disk once for each folder and file. */
export class LintSets {
  private finder: Promise<SetFinder> | undefined;
  private readonly names = new Map<string, Promise<readonly string[]>>();
  private readonly texts = new Map<string, Promise<string | undefined>>();
  private readonly found = new Map<string, ConfigurationSet | undefined>();
  /** Whole paths of the HAProxy files that are checked, in the order they are named. */
  private haproxy: readonly string[] = [];

  constructor(
    private readonly cwd: string,
    private readonly how: HaproxyFiles,
  ) {}

  /**
   * Takes the files that are to be checked.
   * @param files in the order they are named
   * @param folders of which everything is to be checked
   * @returns the same files, and those below the folders that are read with one of them, whatever their names are
   */
  async withParts(files: readonly LintFile[], folders: readonly string[]): Promise<readonly LintFile[]> {
    for (const { file, text } of files) this.texts.set(this.slashed(file), Promise.resolve(text));
    this.haproxy = files.filter(({ kind }) => kind === 'haproxy').map(({ file }) => this.slashed(file));
    const all = new Map(files.map((file) => [this.slashed(file.file), file]));
    const below = folders.map((folder) => `${this.slashed(folder).replace(/\/$/, '')}/`);
    // A file that is named alone is what is meant.
    for (const one of below.length === 0 ? [] : files) {
      for (const { id, path, text } of (await this.of(one))?.files ?? []) {
        if (all.has(id) || !below.some((folder) => id.startsWith(folder))) continue;
        all.set(id, { file: id, path, kind: one.kind, text });
      }
    }
    return [...all.values()];
  }

  /** The configuration a file is a part of; undefined where it stands by itself. */
  async of({ file, kind, text }: LintFile): Promise<ConfigurationSet | undefined> {
    const path = this.slashed(file);
    if (this.found.has(path)) return this.found.get(path);
    const set = await this.look(path, kind, text);
    this.found.set(path, set);
    // The search would find the same for each of its files.
    if (set !== undefined)
      for (const [at, { id }] of set.files.entries())
        if (!this.found.has(id)) this.found.set(id, { ...set, at });
    return set;
  }

  /** A file was repaired: its new text is what others are checked with. */
  changed({ file }: LintFile, text: string): void {
    this.texts.set(this.slashed(file), Promise.resolve(text));
    this.found.clear();
  }

  private async look(path: string, kind: FileKind, text: string): Promise<ConfigurationSet | undefined> {
    if (kind === 'haproxy') return this.ofHaproxy(path, text);
    // Most files include nothing, and a look around costs little only where there may be something to find.
    return kind === 'keepalived' ? (await this.loaded()).find(kind, path, text, this.access) : undefined;
  }

  private async ofHaproxy(path: string, text: string): Promise<ConfigurationSet | undefined> {
    if (this.how === 'apart') return undefined;
    if (this.how === 'found' && this.haproxy.length === 1 && !(await this.hasOthers(path))) return undefined;
    return (await this.loaded()).find(
      'haproxy',
      path,
      text,
      this.access,
      this.how === 'together' ? [this.haproxy] : [],
    );
  }

  /** Loading what finds configurations takes a while, which most files need not wait for. */
  private async hasOthers(path: string): Promise<boolean> {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (folder.endsWith('.d')) return true;
    const names = await this.access.names(folder);
    return (
      names.filter((name) => name.endsWith('.cfg')).length > 1 || names.some((name) => name.endsWith('.d'))
    );
  }

  private loaded(): Promise<SetFinder> {
    return (this.finder ??= import('../../workspace/sets/find-set').then((found) => new found.SetFinder()));
  }

  private slashed(file: string): string {
    return resolve(this.cwd, file).replaceAll('\\', '/');
  }

  private readonly access: SetAccess = {
    names: (folder) => known(this.names, folder, () => readdir(folder === '' ? '/' : folder).catch(() => [])),
    read: (path) =>
      known(this.texts, path, async () => {
        const content = await readLocalFile(path, LARGEST);
        return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : undefined;
      }),
    named: (path) => ({ id: path, path: shownPath(this.cwd, path) }),
  };
}

function known<T>(all: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const there = all.get(key) ?? make();
  all.set(key, there);
  return there;
}
