import * as vscode from 'vscode';
import type { NodeAction } from '../../lab/lab-service';
import type { LabSnapshot } from '../../presentation/lab-snapshot';
import { nodeChoices } from '../../presentation/topology/node-choices';

/** The node the user picks among those that the action makes sense for. */
export async function pickFitting(lab: LabSnapshot, action: NodeAction): Promise<string | undefined> {
  const choices = nodeChoices(action, lab, vscode.l10n);
  if (choices.length === 0) {
    const text = vscode.l10n.t('Lab {0} has no node for which this makes sense now.', lab.info.name);
    void vscode.window.showInformationMessage(text);
    return undefined;
  }
  const items = choices.map(({ node, ...rest }) => ({ label: node, ...rest }));
  const picked = await vscode.window.showQuickPick(items, {
    title: pickTitle(action),
    matchOnDescription: true,
  });
  return picked?.label;
}

function pickTitle(action: NodeAction): string {
  switch (action) {
    case 'start':
      return vscode.l10n.t('Start which node?');
    case 'stop':
      return vscode.l10n.t('Stop which node?');
    case 'restart':
      return vscode.l10n.t('Restart which node?');
    case 'kill':
      return vscode.l10n.t('Kill which node?');
    case 'pause':
      return vscode.l10n.t('Pause which node?');
    case 'unpause':
      return vscode.l10n.t('Unpause which node?');
    case 'disconnect':
      return vscode.l10n.t('Cut which node from the network?');
    case 'connect':
      return vscode.l10n.t('Reconnect which node to the network?');
  }
}
