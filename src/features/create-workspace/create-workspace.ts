import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

/** Create Cluster Workspace: writes the sample into a folder of the user's choice; never over existing files. */
export function registerCreateWorkspace(context: FeatureContext): Disposable {
  const title = vscode.l10n.t('The workspace was not created');
  return registerCommand(context, 'createWorkspace', title, async () => {
    const chosen = await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
      openLabel: vscode.l10n.t('Create Here'),
      title: vscode.l10n.t('Create the cluster workspace in which folder?'),
    });
    const folder = chosen?.[0];
    if (!folder) return;
    const sample = vscode.Uri.joinPath(context.extensionUri, 'lab', 'sample');
    const clashes = await existing(sample, folder);
    if (clashes.length > 0) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('Nothing was written: {0} already has {1}.', folder.fsPath, clashes.join(', ')),
      );
      return;
    }
    await copyEntries(sample, folder);
    await offerToOpen(folder);
  });
}

async function existing(sample: vscode.Uri, folder: vscode.Uri): Promise<readonly string[]> {
  const present = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  return (await vscode.workspace.fs.readDirectory(sample))
    .map(([name]) => name)
    .filter((name) => present.has(name));
}

async function copyEntries(sample: vscode.Uri, folder: vscode.Uri): Promise<void> {
  for (const [name] of await vscode.workspace.fs.readDirectory(sample)) {
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(sample, name), vscode.Uri.joinPath(folder, name), {
      overwrite: false,
    });
  }
}

async function offerToOpen(folder: vscode.Uri): Promise<void> {
  const cluster = vscode.Uri.joinPath(folder, 'cluster.yaml');
  if (vscode.workspace.getWorkspaceFolder(folder)) {
    await vscode.window.showTextDocument(cluster);
    return;
  }
  const open = vscode.l10n.t('Open Folder');
  const text = vscode.l10n.t('The cluster workspace is in {0}.', folder.fsPath);
  if ((await vscode.window.showInformationMessage(text, open)) !== open) return;
  await vscode.commands.executeCommand('vscode.openFolder', folder);
}
