import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

const COMMANDS = [
  { command: 'serviceStart', action: 'start' },
  { command: 'serviceStop', action: 'stop' },
  { command: 'serviceRestart', action: 'restart' },
] as const;

/** What gitlab-ctl does to a service on its node, from its row and from the palette. */
export function registerServiceActions(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  for (const { command, action } of COMMANDS) {
    const title = vscode.l10n.t('The service was not changed');
    disposables.add(
      registerCommand(context, command, title, async (argument) => {
        const { orderService } = await import('./order-service');
        await orderService(context, argument, action);
      }),
    );
  }
  return disposables;
}
