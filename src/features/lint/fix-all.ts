import * as vscode from 'vscode';
import { FIX_ALL_KIND } from '../../server/protocol';

/** Applies every sure fix of the file in the editor; says so when there is none. */
export async function fixAllInEditor(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const edit = document === undefined ? undefined : await sureFixes(document);
  if (edit === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing in this file has a sure fix.'));
    return;
  }
  await vscode.workspace.applyEdit(edit);
}

async function sureFixes(document: vscode.TextDocument): Promise<vscode.WorkspaceEdit | undefined> {
  const { lineCount, uri } = document;
  const all = document.validateRange(new vscode.Range(0, 0, lineCount, 0));
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    all,
    FIX_ALL_KIND,
  );
  return actions.find(({ edit }) => edit !== undefined)?.edit;
}
