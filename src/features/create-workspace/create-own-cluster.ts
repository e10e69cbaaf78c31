import { translate } from '../../words/message';
import * as vscode from 'vscode';
import { createWorkspace } from '../../workspace/create/create-workspace';
import { answersFrom, completed } from '../../workspace/create/questions';
import { askForCluster } from './ask-for-cluster';
import { writeAll } from './write-all';

/** Asks where and what, and writes it. @throws Error when the answers make no workspace, or a file cannot be written */
export async function createOwnCluster(): Promise<void> {
  const folder = await chooseFolder();
  if (!folder) return;
  const name = folder.path.slice(folder.path.lastIndexOf('/') + 1);
  const typed = await askForCluster(name);
  if (typed === undefined) return;
  const answers = answersFrom(completed(typed, name));
  if ('problem' in answers) throw new Error(translate(answers.problem, vscode.l10n));
  const { files, findings } = createWorkspace(answers);
  if (files.size === 0) throw new Error(findings.map(({ message }) => message).join(' '));
  const there = await existing(folder, [...files.keys()]);
  if (there.length > 0) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Nothing was written: {0} already has {1}.', folder.fsPath, there.join(', ')),
    );
    return;
  }
  await writeAll(
    vscode.workspace.fs,
    [...files].map(([path, text]) => ({ uri: vscode.Uri.joinPath(folder, path), text })),
  );
  await open(folder);
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    openLabel: vscode.l10n.t('Create Here'),
    title: vscode.l10n.t('Create the cluster workspace in which folder?'),
  });
  return chosen?.[0];
}

async function existing(folder: vscode.Uri, paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const there = await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, path)).then(
        () => true,
        () => false,
      );
      return there ? [path] : [];
    }),
  );
  return found.flat();
}

/** Shows cluster.yaml, or opens the folder: at once where no other one is open, else when the user wants it. */
async function open(folder: vscode.Uri): Promise<void> {
  if (vscode.workspace.getWorkspaceFolder(folder)) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'cluster.yaml'));
    return;
  }
  if ((vscode.workspace.workspaceFolders ?? []).length === 0) {
    await vscode.commands.executeCommand('vscode.openFolder', folder);
    return;
  }
  const here = vscode.l10n.t('Open Folder');
  const beside = vscode.l10n.t('Open in New Window');
  const text = vscode.l10n.t('The cluster workspace is in {0}.', folder.fsPath);
  const chosen = await vscode.window.showInformationMessage(text, here, beside);
  if (chosen === undefined) return;
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: chosen === beside });
}
