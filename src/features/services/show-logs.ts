import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';

/** Show Logs: a read-only terminal that follows the log of a service on a node. */
export function registerShowLogs(context: FeatureContext): Disposable {
  const title = vscode.l10n.t('The log was not opened');
  return registerCommand(context, 'showLogs', title, async (argument) => {
    const lab = await pickLab(context, argument);
    if (!lab) return;
    const { openLogOf } = await import('./log-terminal');
    await openLogOf(context, lab, argument);
  });
}
