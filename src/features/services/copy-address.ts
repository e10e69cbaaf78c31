import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { addressOf } from '../../presentation/address';

/** Copy Address: the node's address, with the port for a service, or the gateway's URL. */
export function registerCopyAddress(context: FeatureContext): Disposable {
  const title = vscode.l10n.t('The address was not copied');
  return registerCommand(context, 'copyAddress', title, async (argument) => {
    const target = context.target(argument);
    const lab = target && context.store.snapshot(target.lab);
    const address = lab && addressOf(target, lab.info);
    if (address === undefined) return;
    await vscode.env.clipboard.writeText(address);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', address), 3000);
  });
}
