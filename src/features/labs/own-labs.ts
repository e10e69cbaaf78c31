import * as vscode from 'vscode';
import { CLUSTER_FILE } from '../../workspace/files/workspace-files';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { LabStore } from './lab-store';

/**
 * Tells the store which labs belong to this window: those that the cluster.yaml of a folder names. Nothing is read before
 * there are several labs to tell apart.
 */
export function followOwnLabs(store: LabStore): Disposable {
  const disposables = new Disposables();
  let wanted = false;
  const read = (): void => {
    if (wanted) void ownNames().then((names) => store.setOwn(names));
  };
  disposables.add(
    store.onDidChange(() => {
      if (wanted || store.snapshots.length < 2) return;
      wanted = true;
      read();
    }),
  );
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${CLUSTER_FILE}`);
  disposables.add(watcher);
  for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
    disposables.add(event(read));
  disposables.add(vscode.workspace.onDidChangeWorkspaceFolders(read));
  return disposables;
}

/** Never rejects: a folder without a readable file has no lab. */
async function ownNames(): Promise<ReadonlySet<string>> {
  const { readClusterYaml } = await import('../../cluster/cluster-yaml');
  const names = (vscode.workspace.workspaceFolders ?? []).map(async ({ uri }) => {
    try {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(uri, CLUSTER_FILE));
      return readClusterYaml(new TextDecoder().decode(bytes)).cluster?.name;
    } catch {
      return undefined;
    }
  });
  return new Set((await Promise.all(names)).filter((name) => name !== undefined));
}
