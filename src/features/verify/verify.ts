import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

/**
 * Check with the Real Program: `haproxy -c` or `keepalived -t` judges the file in the editor, as it is there, and what it
 * says stands at its lines until the file changes.
 */
export function registerVerify(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const said = disposables.add(vscode.languages.createDiagnosticCollection('gitlab-ha-lab-verdict'));
  disposables.add(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) said.delete(document.uri);
    }),
  );
  disposables.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => said.delete(uri)));
  const title = vscode.l10n.t('The file was not checked');
  disposables.add(
    registerCommand(context, 'verify', title, async () => {
      const { verifyDocument } = await import('./verify-document');
      await verifyDocument(context, said);
    }),
  );
  return disposables;
}
