import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../../lab/lab-service';

/** Where a lab comes from: a folder of the user, or the sample that ships with the extension. */
export interface LabSource {
  readonly root: vscode.Uri;
  readonly bundled: boolean;
  readonly files: WorkspaceFiles;
}

export const CLUSTER_FILE = 'cluster.yaml';
const SHARED = ['haproxy/haproxy.cfg', 'keepalived/keepalived.conf'];
const PER_NODE = ['gitlab.rb', 'haproxy.cfg', 'keepalived.conf'];

/** The workspace folders with a cluster.yaml at their root. */
export async function clusterFolders(): Promise<readonly vscode.WorkspaceFolder[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map((folder) => exists(vscode.Uri.joinPath(folder.uri, CLUSTER_FILE))),
  );
  return folders.filter((_, index) => found[index]);
}

/** Reads the files of a workspace in the format of docs/architecture.md; unsaved changes are saved first. */
export async function readSource(root: vscode.Uri, bundled: boolean): Promise<LabSource> {
  const paths = [CLUSTER_FILE, ...SHARED, ...(await nodeFiles(root))];
  await saveOpenFiles(paths.map((path) => vscode.Uri.joinPath(root, path)));
  const files = new Map<string, string>();
  const decoder = new TextDecoder();
  for (const path of paths) {
    const content = await readIfThere(vscode.Uri.joinPath(root, path));
    if (content) files.set(path, decoder.decode(content));
  }
  return { root, bundled, files };
}

async function nodeFiles(root: vscode.Uri): Promise<readonly string[]> {
  const folder = vscode.Uri.joinPath(root, 'nodes');
  if (!(await exists(folder))) return [];
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries
    .filter(([, type]) => (type & vscode.FileType.Directory) !== 0)
    .flatMap(([node]) => PER_NODE.map((file) => `nodes/${node}/${file}`));
}

async function saveOpenFiles(uris: readonly vscode.Uri[]): Promise<void> {
  const wanted = new Set(uris.map((uri) => uri.toString()));
  const dirty = vscode.workspace.textDocuments.filter(
    (document) => document.isDirty && wanted.has(document.uri.toString()),
  );
  await Promise.all(dirty.map((document) => document.save()));
}

async function readIfThere(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  return (await exists(uri)) ? vscode.workspace.fs.readFile(uri) : undefined;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}
