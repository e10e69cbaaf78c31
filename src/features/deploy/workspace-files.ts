import * as vscode from 'vscode';
import { nodeFolder } from '../../server/files/node-folder';
import {
  CLUSTER_FILE,
  isWorkspaceFile,
  readWorkspaceFiles,
  tooLarge,
  type FolderAccess,
  type UnreadFile,
  type WorkspaceFiles,
} from '../../workspace/files/workspace-files';

/** Where a lab comes from: a folder of the user, or the sample that ships with the extension. */
export interface LabSource {
  readonly root: vscode.Uri;
  readonly bundled: boolean;
  readonly files: WorkspaceFiles;
}

/** The workspace folders with a cluster.yaml at their root. */
export async function clusterFolders(): Promise<readonly vscode.WorkspaceFolder[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(
      async (folder) => (await typeOf(vscode.Uri.joinPath(folder.uri, CLUSTER_FILE))) !== undefined,
    ),
  );
  return folders.filter((_, index) => found[index]);
}

/** Reads the files of a workspace in the format of docs/architecture.md; unsaved changes are saved first. */
export async function readSource(root: vscode.Uri, bundled: boolean): Promise<LabSource> {
  await saveOpenFiles(root);
  const folder = root.scheme === 'file' ? nodeFolder(root.fsPath) : virtualFolder(root);
  return { root, bundled, files: await readWorkspaceFiles(folder) };
}

/** A folder of another file system, such as that of a virtual workspace. */
function virtualFolder(root: vscode.Uri): FolderAccess {
  const { fs } = vscode.workspace;
  return {
    read: async (path, limitBytes): Promise<Uint8Array | UnreadFile | undefined> => {
      const uri = vscode.Uri.joinPath(root, path);
      try {
        const found = await typeOf(uri);
        if (found === undefined) return undefined;
        if ((found.type & vscode.FileType.File) === 0)
          return { unread: 'no-file', reason: 'is no regular file' };
        return found.size > limitBytes ? tooLarge(limitBytes) : await fs.readFile(uri);
      } catch (error) {
        return unreadable(error);
      }
    },
    names: async (path) => {
      const uri = vscode.Uri.joinPath(root, path);
      try {
        if ((await typeOf(uri)) === undefined) return [];
        return (await fs.readDirectory(uri)).map(([name]) => name);
      } catch (error) {
        return unreadable(error);
      }
    },
  };
}

function unreadable(error: unknown): UnreadFile {
  const why = error instanceof Error ? error.message : String(error);
  return { unread: 'unreadable', reason: `cannot be read: ${why}` };
}

async function saveOpenFiles(root: vscode.Uri): Promise<void> {
  const below = root.toString().replace(/\/?$/, '/');
  const dirty = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) =>
      isDirty && uri.toString().startsWith(below) && isWorkspaceFile(pathBelow(root, uri)),
  );
  await Promise.all(dirty.map((document) => document.save()));
}

function pathBelow(root: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.slice(root.path.replace(/\/?$/, '/').length);
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
