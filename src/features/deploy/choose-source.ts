import * as vscode from 'vscode';
import { CLUSTER_FILE, textOf } from '../../workspace/files/workspace-files';
import { clusterFolders, readSource } from './workspace-files';
import type { LabSource } from './workspace-files';

/** The sample workspace that ships with the extension. */
export async function bundledSource(extensionUri: vscode.Uri): Promise<LabSource> {
  return readSource(vscode.Uri.joinPath(extensionUri, 'lab', 'sample'), true);
}

/**
 * What "Deploy Lab" deploys: the workspace's cluster, the one the user picks when there are several, or the bundled
 * sample when there is none. Undefined when the user decided for nothing.
 */
export async function chooseSource(extensionUri: vscode.Uri): Promise<LabSource | undefined> {
  const folders = await clusterFolders();
  if (folders.length === 0) return bundledSource(extensionUri);
  if (!vscode.workspace.isTrusted) {
    await explainTrust();
    return undefined;
  }
  const folder = folders.length === 1 ? folders[0] : await pickFolder(folders);
  return folder && readSource(folder.uri, false);
}

/** The source of an existing lab: an open folder, or the sample, whose cluster has this name. */
export async function sourceOfLab(extensionUri: vscode.Uri, lab: string): Promise<LabSource | undefined> {
  const { readClusterYaml } = await import('../../cluster/cluster-yaml');
  const folders = vscode.workspace.isTrusted ? await clusterFolders() : [];
  const sources = [
    ...(await Promise.all(folders.map((folder) => readSource(folder.uri, false)))),
    await bundledSource(extensionUri),
  ];
  return sources.find((source) => {
    const text = textOf(source.files, CLUSTER_FILE);
    return text !== undefined && readClusterYaml(text).cluster?.name === lab;
  });
}

/** Says why no source of an existing lab was found, and offers what helps. */
export async function explainNoSource(lab: string): Promise<void> {
  if (!vscode.workspace.isTrusted && (await clusterFolders()).length > 0) return explainTrust();
  await vscode.window.showErrorMessage(
    vscode.l10n.t('No open folder has a cluster.yaml named {0}. Open its folder and try again.', lab),
  );
}

async function pickFolder(
  folders: readonly vscode.WorkspaceFolder[],
): Promise<vscode.WorkspaceFolder | undefined> {
  const items = folders.map((folder) => ({ label: folder.name, description: folder.uri.fsPath, folder }));
  const title = vscode.l10n.t('Which cluster shall be deployed?');
  return (await vscode.window.showQuickPick(items, { title }))?.folder;
}

async function explainTrust(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const text = vscode.l10n.t('This workspace is not trusted, so nothing is deployed from its files.');
  const choice = await vscode.window.showWarningMessage(text, manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
