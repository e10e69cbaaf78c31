import type { ClusterVersions } from '../../cluster/cluster-versions';
import type { Finding } from '../../finding/finding';
import type { Target } from '../../languages/core/language/language';
import { looksLikeCluster, type FileKind } from '../../languages/file-types';
import type { FileFacts } from '../../workspace/facts/facts';
import {
  CLUSTER_FILE,
  filesOfNode,
  isWorkspaceFile,
  nodeOfFile,
  SHARED_FILES,
  type UnreadFile,
} from '../../workspace/files/workspace-files';
import type { WorkspaceModel } from '../../workspace/model/workspace-model';
import { fileKind, mayBeOurs } from '../documents/file-kind';
import type { FileSystem } from './file-system';
import { IncludedReads, type ReadIncluded } from './included-reads';
import { indexedFile, type IndexedFile } from './indexed-file';
import type { FileView, ViewReader } from '../documents/file-view';
import { addressBelow, folderOf, normalUri, pathBelow, pathOf } from './paths';
import { Spellings } from './spellings';

export interface IndexOptions {
  readonly files: Pick<FileSystem, 'read' | 'list'>;
  readonly reader: (kind: FileKind) => Promise<ViewReader>;
  /** The files that a gitlab.rb reads with `from_file`; absent where none is read. */
  readonly included?: ReadIncluded;
  /** Lets other work in between two files. */
  readonly pause?: () => Promise<void>;
}

/** A folder with a cluster.yaml. */
interface ClusterFolder {
  readonly versions: ClusterVersions;
  /** Undefined when the file describes no cluster of ours. */
  readonly model: WorkspaceModel | undefined;
}

/**
 * Every configuration file of the workspace folders: its language, node, names and facts, and a model of each folder with
 * a cluster.yaml. Files that are open count as they are in the editor. Addresses come in any spelling and are kept in
 * normal form.
 */
export class WorkspaceIndex {
  private folders: readonly string[] = [];
  private readonly clusters = new Map<string, ClusterFolder>();
  private readonly entries = new Map<string, () => IndexedFile>();
  private readonly facts = new Map<string, FileFacts>();
  private readonly open = new Set<string>();
  /** Files of a workspace that were looked at in vain: until the disk says otherwise, nobody looks again. */
  private readonly nothing = new Set<string>();
  private readonly spellings = new Spellings();
  private readonly including: IncludedReads;
  /** How many read whole folders: until they end, a file that seems to be missing may only be unread. */
  private reading = 0;
  /** The newest look at each file on disk: disks answer in any order. */
  private readonly looks = new Map<string, symbol>();

  constructor(private readonly options: IndexOptions) {
    this.including = new IncludedReads(options.included);
  }

  /** Replaces the workspace's folders and reads all of their files. */
  async setFolders(folders: readonly string[]): Promise<void> {
    await this.whileReading(() => this.readFolders(folders));
  }

  private async readFolders(folders: readonly string[]): Promise<void> {
    this.folders = this.spellings.setFolders(folders);
    this.clusters.clear();
    this.entries.clear();
    this.nothing.clear();
    this.including.clear();
    for (const uri of [...this.facts.keys()]) if (!this.open.has(uri)) this.facts.delete(uri);
    const wanted = (uri: string): boolean => mayBeOurs(pathOf(uri));
    const lists = await Promise.all(this.folders.map((folder) => this.options.files.list(folder, wanted)));
    const found = [...new Set(lists.flat().map(normalUri))];
    for (const uri of found.filter(isCluster)) await this.readCluster(uri);
    for (const uri of found) {
      if (isCluster(uri)) continue;
      await this.readFile(uri);
      await this.options.pause?.();
    }
    await this.fillModels();
  }

  /**
   * A file was made, changed or removed on disk.
   * @returns true when files may be judged for another version or belong to another folder now
   */
  async changed(address: string): Promise<boolean> {
    const uri = this.spellings.note(address);
    const ofNode = this.filesOfFolder(uri);
    for (const file of [uri, ...ofNode]) this.nothing.delete(file);
    for (const file of ofNode) await this.readFile(file);
    await this.readIncluding(uri);
    if (this.open.has(uri)) return false;
    if (!isCluster(uri)) {
      if (mayBeOurs(pathOf(uri))) await this.readFile(uri);
      return false;
    }
    await this.readCluster(uri);
    await this.placeAgain();
    return true;
  }

  /**
   * The editor has a text of its own for a file; what is on disk does not count until it is closed.
   * @returns true when files may be judged for another version or belong to another folder now
   */
  async shown(address: string, kind: FileKind, view: FileView): Promise<boolean> {
    const uri = this.spellings.note(address);
    this.open.add(uri);
    if (isCluster(uri)) return this.clusterShown(uri, view);
    this.entries.set(
      uri,
      once(() => this.entry(uri, kind, view)),
    );
    this.place(uri, view.facts());
    await this.readIncluding(uri);
    return false;
  }

  /** @returns as `changed` */
  async closed(uri: string): Promise<boolean> {
    this.open.delete(normalUri(uri));
    return this.changed(uri);
  }

  all(): readonly IndexedFile[] {
    return [...this.entries.values()].map((entry) => entry()).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  file(uri: string): IndexedFile | undefined {
    return this.entries.get(normalUri(uri))?.();
  }

  /** The files of a node, together with those all nodes share. */
  ofNode(root: string, node: string): readonly IndexedFile[] {
    const folder = normalUri(root);
    return this.all().filter((file) => file.root === folder && (file.node ?? node) === node);
  }

  /** The nodes of a cluster.yaml, and folders beside it that look like those of nodes. */
  nodesBeside(clusterUri: string): readonly string[] {
    const root = folderOf(normalUri(clusterUri));
    const named = this.clusters.get(root)?.model?.evaluate().cluster?.nodes ?? [];
    const folders = [...this.facts.keys()].flatMap((uri) => {
      const path = pathBelow(root, uri);
      return path !== undefined && isWorkspaceFile(path) ? (nodeOfFile(path) ?? []) : [];
    });
    return [...new Set([...named.map(({ name }) => name), ...folders])];
  }

  /** What a file is written for, as far as a cluster.yaml above it says. */
  target(address: string): Target {
    const uri = normalUri(address);
    const root = this.rootOf(uri);
    const { gitlabVersion, haproxyVersion } = this.clusters.get(root)?.versions ?? {};
    return {
      path: pathBelow(root, uri) ?? pathOf(uri),
      ...(gitlabVersion === undefined ? {} : { gitlabVersion }),
      ...(haproxyVersion === undefined ? {} : { haproxyVersion }),
    };
  }

  /** Address, as the client writes it, of a file named by its path, as findings about `uri` name it. */
  addressOf(uri: string, path: string): string {
    return this.spellings.of(addressBelow(this.rootOf(normalUri(uri)), path));
  }

  /** What the workspaces find between their files, by the file's address as the client writes it; nothing while folders are read. */
  between(): ReadonlyMap<string, readonly Finding[]> {
    const found = new Map<string, Finding[]>();
    if (this.reading > 0) return found;
    for (const [root, { model }] of this.clusters) {
      for (const finding of model?.between() ?? []) {
        const uri = this.spellings.of(addressBelow(root, finding.file));
        const same = found.get(uri);
        if (same === undefined) found.set(uri, [finding]);
        else same.push(finding);
      }
    }
    return found;
  }

  /** What its workspace finds in one file; nothing while folders are read. */
  betweenIn(address: string): readonly Finding[] {
    if (this.reading > 0) return [];
    const uri = normalUri(address);
    const root = this.rootOf(uri);
    const path = pathBelow(root, uri);
    return (
      this.clusters
        .get(root)
        ?.model?.between()
        .filter(({ file }) => file === path) ?? []
    );
  }

  private async readCluster(uri: string): Promise<void> {
    const isNewest = this.look(uri);
    const text = await this.options.files.read(uri);
    const read = text === undefined ? undefined : await this.options.reader('cluster');
    const newModel = await this.modelMaker(uri, text !== undefined);
    // Others went on meanwhile: from here on nothing waits.
    if (this.open.has(uri)) {
      // Its view is on its way when there are no facts so far.
      const facts = this.facts.get(uri);
      if (facts !== undefined) this.setCluster(uri, facts, newModel);
    } else if (isNewest()) {
      if (text === undefined || read === undefined) {
        this.clusters.delete(folderOf(uri));
        this.facts.delete(uri);
      } else if (typeof text !== 'string') this.setCluster(uri, { kind: 'unread', file: text }, newModel);
      else {
        const facts = read(text, { path: CLUSTER_FILE }).facts();
        this.setCluster(uri, facts, looksLikeCluster(text) ? newModel : undefined);
      }
    }
  }

  private async clusterShown(uri: string, view: FileView): Promise<boolean> {
    const newModel = await this.modelMaker(uri, true);
    const before = this.clusters.get(folderOf(uri));
    this.setCluster(uri, view.facts(), newModel);
    const now = this.clusters.get(folderOf(uri));
    const moved = before === undefined || (before.model === undefined) !== (now?.model === undefined);
    if (moved) await this.placeAgain();
    // Its nodes may have files that nobody looked at so far.
    else await this.readUnlisted(folderOf(uri), now?.model);
    return moved || !sameVersions(before.versions, now?.versions ?? {});
  }

  /** What makes the model of a folder; it is loaded where there is something to read. Undefined where none may be. */
  private async modelMaker(uri: string, wanted: boolean): Promise<(() => WorkspaceModel) | undefined> {
    if (!wanted || !this.canRead(uri)) return undefined;
    const { WorkspaceModel: Model } = await import('../../workspace/model/workspace-model');
    return () => new Model();
  }

  /** Waits for nothing: what it is given would be out of date afterwards. */
  private setCluster(
    uri: string,
    facts: FileFacts | undefined,
    newModel: (() => WorkspaceModel) | undefined,
  ): void {
    const root = folderOf(uri);
    const versions = facts?.kind === 'cluster' ? facts.versions : {};
    const model = newModel === undefined ? undefined : (this.clusters.get(root)?.model ?? newModel());
    this.clusters.set(root, { versions, model });
    if (facts !== undefined) this.facts.set(uri, facts);
    model?.set(CLUSTER_FILE, facts);
  }

  /** A cluster.yaml came or went: files may belong to another folder now, and be for another version. */
  private placeAgain(): Promise<void> {
    return this.whileReading(async () => {
      this.nothing.clear();
      for (const uri of [...this.entries.keys()]) await this.readFile(uri);
      await this.fillModels();
    });
  }

  private async whileReading(work: () => Promise<void>): Promise<void> {
    this.reading += 1;
    try {
      await work();
    } finally {
      this.reading -= 1;
    }
  }

  /** Gives each model its files. */
  private async fillModels(): Promise<void> {
    for (const [uri, facts] of [...this.facts]) this.place(uri, facts);
    for (const [root, { model }] of [...this.clusters]) await this.readUnlisted(root, model);
  }

  /** Files that a search of the folder leaves out, such as links and pipes, are looked at by their names. */
  private async readUnlisted(root: string, model: WorkspaceModel | undefined): Promise<void> {
    const nodes = model?.evaluate().cluster?.nodes ?? [];
    if (model === undefined) return;
    for (const path of [...SHARED_FILES, ...nodes.flatMap(({ name }) => filesOfNode(name))]) {
      const uri = addressBelow(root, path);
      if (path !== CLUSTER_FILE && !model.has(path) && !this.nothing.has(uri)) await this.readFile(uri);
    }
  }

  private async readFile(uri: string): Promise<void> {
    if (this.open.has(uri)) return;
    const isNewest = this.look(uri);
    const root = this.rootOf(uri);
    const isPart = this.isPart(uri);
    const text = await this.options.files.read(uri, isPart ? root : undefined);
    const view = await this.view(uri, text);
    if (!isNewest()) return;
    if (view === undefined) this.entries.delete(uri);
    else {
      // The view, and the tree in it, goes: only the names and facts stay.
      const entry = this.entry(uri, view.kind, view.view);
      this.entries.set(uri, () => entry);
    }
    this.place(uri, typeof text === 'object' ? { kind: 'unread', file: text } : view?.view.facts());
  }

  /** Begins a look at a file on disk. @returns whether it counts still: no later one has begun, and it is not open */
  private look(uri: string): () => boolean {
    const look = Symbol(uri);
    this.looks.set(uri, look);
    return () => this.looks.get(uri) === look && !this.open.has(uri);
  }

  private async view(
    uri: string,
    text: string | UnreadFile | undefined,
  ): Promise<{ readonly kind: FileKind; readonly view: FileView } | undefined> {
    const kind = typeof text === 'string' ? fileKind(pathOf(uri), undefined, text) : undefined;
    if (typeof text !== 'string' || kind === undefined || !this.inWorkspace(uri)) return undefined;
    const reader = await this.options.reader(kind);
    const included = await this.including.of(uri, kind, text);
    return { kind, view: reader(text, { ...this.target(uri), ...included }) };
  }

  /** Reads again what read a file that is another one now. */
  private async readIncluding(uri: string): Promise<void> {
    for (const reader of this.including.readersOf(uri)) await this.readFile(reader);
  }

  /** Gives the facts of a file to the model of its workspace; undefined when the file is gone. */
  private place(uri: string, facts: FileFacts | undefined): void {
    const root = this.rootOf(uri);
    const path = pathBelow(root, uri);
    if (path === undefined || !isWorkspaceFile(path)) return;
    if (facts === undefined) {
      this.facts.delete(uri);
      this.nothing.add(uri);
    } else this.facts.set(uri, facts);
    this.clusters.get(root)?.model?.set(path, facts);
  }

  /** The files a node may have in a folder: of one that goes or gets another name the editor tells nothing else. */
  private filesOfFolder(uri: string): readonly string[] {
    const root = this.rootOf(uri);
    const node = /^nodes\/([^/]+)$/.exec(pathBelow(root, uri) ?? '')?.[1];
    return node === undefined ? [] : filesOfNode(node).map((path) => addressBelow(root, path));
  }

  /** Where the other files are out of reach, nothing may be said of them: not even that they are missing. */
  private canRead(uri: string): boolean {
    return uri.startsWith('file:') && this.inWorkspace(uri);
  }

  private inWorkspace(uri: string): boolean {
    return this.folders.some((folder) => pathBelow(folder, uri) !== undefined);
  }

  private isPart(uri: string): boolean {
    const root = this.rootOf(uri);
    const path = pathBelow(root, uri);
    return path !== undefined && this.clusters.has(root) && isWorkspaceFile(path);
  }

  private entry(uri: string, kind: FileKind, view: FileView): IndexedFile {
    return indexedFile({ uri, root: this.rootOf(uri), path: this.target(uri).path }, kind, view);
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

function sameVersions(one: ClusterVersions, other: ClusterVersions): boolean {
  return one.gitlabVersion === other.gitlabVersion && one.haproxyVersion === other.haproxyVersion;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function isCluster(uri: string): boolean {
  return uri.endsWith(`/${CLUSTER_FILE}`);
}
