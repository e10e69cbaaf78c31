import type { FileKind } from './file-kind';
import { fileKind, mayBeOurs } from './file-kind';
import type { FileSystem } from './file-system';
import { folderOf, pathBelow, pathOf } from './paths';
import type { RubyValue } from '../languages/gitlab-rb/evaluate/value';
import type { SymbolUse, Target } from '../languages/core/language/language';
import type { FileView, ViewReader } from './file-view';
import type { ClusterVersions } from '../cluster/cluster-versions';

/** What is known of one configuration file of the workspace. */
export interface IndexedFile {
  readonly uri: string;
  readonly kind: FileKind;
  /** Folder of the nearest cluster.yaml above it, else of its workspace folder. */
  readonly root: string;
  /** Path relative to `root`. */
  readonly path: string;
  /** The node it belongs to, by `nodes/<node>/…`; undefined for files all nodes share. */
  readonly node: string | undefined;
  readonly symbols: readonly SymbolUse[];
  /** What each root of a gitlab.rb holds in the end; undefined for other languages. */
  readonly settings: ReadonlyMap<string, RubyValue> | undefined;
}

export interface IndexOptions {
  readonly files: FileSystem;
  readonly reader: (kind: FileKind) => Promise<ViewReader>;
  /** Lets other work in between two files. */
  readonly pause?: () => Promise<void>;
}

const CLUSTER_FILE = 'cluster.yaml';

/**
 * Every configuration file of the workspace folders: its language, node, names and evaluated settings. Rules that look
 * at several nodes read them here. Files that are open count as they are in the editor.
 */
export class WorkspaceIndex {
  private folders: readonly string[] = [];
  private readonly clusters = new Map<string, ClusterVersions>();
  private readonly entries = new Map<string, () => IndexedFile>();
  private readonly open = new Set<string>();

  constructor(private readonly options: IndexOptions) {}

  /** Replaces the workspace's folders and reads all of their files. */
  async setFolders(folders: readonly string[]): Promise<void> {
    this.folders = folders;
    this.clusters.clear();
    this.entries.clear();
    const wanted = (uri: string): boolean => isCluster(uri) || mayBeOurs(pathOf(uri));
    const found = (
      await Promise.all(folders.map((folder) => this.options.files.list(folder, wanted)))
    ).flat();
    for (const uri of found.filter(isCluster)) await this.readCluster(uri);
    for (const uri of found) {
      if (isCluster(uri)) continue;
      await this.readFile(uri);
      await this.options.pause?.();
    }
  }

  /** A file was made, changed or removed on disk. */
  async changed(uri: string): Promise<void> {
    if (isCluster(uri)) {
      await this.readCluster(uri);
      await this.placeAgain();
    } else if (mayBeOurs(pathOf(uri))) await this.readFile(uri);
  }

  /** The editor has a text of its own for a file; what is on disk does not count until it is closed. */
  shown(uri: string, kind: FileKind, view: FileView): void {
    this.open.add(uri);
    this.entries.set(
      uri,
      once(() => this.entry(uri, kind, view)),
    );
  }

  async closed(uri: string): Promise<void> {
    this.open.delete(uri);
    await this.readFile(uri);
  }

  all(): readonly IndexedFile[] {
    return [...this.entries.values()].map((entry) => entry()).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  file(uri: string): IndexedFile | undefined {
    return this.entries.get(uri)?.();
  }

  /** The files of a node, together with those all nodes share. */
  ofNode(root: string, node: string): readonly IndexedFile[] {
    return this.all().filter((file) => file.root === root && (file.node === undefined || file.node === node));
  }

  /** What a file is written for, as far as a cluster.yaml above it says. */
  target(uri: string): Target {
    const root = this.rootOf(uri);
    const { gitlabVersion, haproxyVersion } = this.clusters.get(root) ?? {};
    return {
      path: pathBelow(root, uri) ?? pathOf(uri),
      ...(gitlabVersion === undefined ? {} : { gitlabVersion }),
      ...(haproxyVersion === undefined ? {} : { haproxyVersion }),
    };
  }

  /** Address of a file named by its path, as findings about `uri` name it. */
  addressOf(uri: string, path: string): string {
    return `${this.rootOf(uri)}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }

  private async readCluster(uri: string): Promise<void> {
    const text = await this.options.files.read(uri);
    if (text === undefined) this.clusters.delete(folderOf(uri));
    else {
      // The YAML parser is loaded where there is something to parse.
      const { readClusterVersions } = await import('../cluster/cluster-versions');
      this.clusters.set(folderOf(uri), readClusterVersions(text));
    }
  }

  /** A cluster.yaml came or went: files may belong to another folder now, and be for another version. */
  private async placeAgain(): Promise<void> {
    for (const uri of [...this.entries.keys()]) await this.readFile(uri);
  }

  private async readFile(uri: string): Promise<void> {
    if (this.open.has(uri)) return;
    const text = await this.options.files.read(uri);
    const kind = text === undefined ? undefined : fileKind(pathOf(uri), undefined, text);
    const inWorkspace = this.folders.some((folder) => pathBelow(folder, uri) !== undefined);
    if (text === undefined || kind === undefined || !inWorkspace) {
      this.entries.delete(uri);
      return;
    }
    const view = (await this.options.reader(kind))(text, this.target(uri));
    // The view, and the tree in it, goes: only the names and settings stay.
    const entry = this.entry(uri, kind, view);
    if (!this.open.has(uri)) this.entries.set(uri, () => entry);
  }

  private entry(uri: string, kind: FileKind, view: FileView): IndexedFile {
    const { path } = this.target(uri);
    return {
      uri,
      kind,
      root: this.rootOf(uri),
      path,
      node: /(?:^|\/)nodes\/([^/]+)\//.exec(path)?.[1],
      symbols: view.symbolUses(),
      settings: view.settings(),
    };
  }

  private rootOf(uri: string): string {
    const workspace = this.folders.find((folder) => pathBelow(folder, uri) !== undefined);
    for (let folder = folderOf(uri); folder.includes('/'); folder = folderOf(folder)) {
      if (this.clusters.has(folder)) return folder;
      if (folder === workspace) return folder;
    }
    return workspace ?? folderOf(uri);
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function isCluster(uri: string): boolean {
  return uri.endsWith(`/${CLUSTER_FILE}`);
}
