import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

/** Inject Fault and Switch Over: what is done to a cluster rather than to one node. Loaded with the first use. */
export function registerOrders(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  disposables.add(
    registerCommand(context, 'injectFault', vscode.l10n.t('No fault was injected'), async (argument) => {
      const { injectFault } = await import('./inject-fault');
      await injectFault(context, argument);
    }),
  );
  disposables.add(
    registerCommand(context, 'switchover', vscode.l10n.t('Nothing was handed over'), async (argument) => {
      const { switchOver } = await import('./switchover');
      await switchOver(context, argument);
    }),
  );
  return disposables;
}
