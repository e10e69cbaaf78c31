import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

/** Open Walkthrough: the first steps, from deploying to destroying a lab. */
export function registerOpenWalkthrough(context: FeatureContext): Disposable {
  const title = vscode.l10n.t('The walkthrough was not opened');
  return registerCommand(context, 'openWalkthrough', title, async () => {
    const id = `${context.extensionId}#start`;
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
  });
}
