import * as vscode from 'vscode';
import type { Target } from '../../presentation/topology/tree-node';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import { commandId } from '../common/feature-context';
import type { FeatureContext } from '../common/feature-context';
import { Opening } from './opening';

/**
 * What Enter and a double click do: a service shows its log, a node a menu of what can be done to it. A single click
 * only selects: VS Code calls a row's command for it too, so clicks are counted here.
 */
export function registerOpenRow(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const title = vscode.l10n.t('The row was not opened');
  const opening = new Opening(Date.now);
  disposables.add(
    registerCommand(context, 'openRow', title, async (argument) => {
      const target = context.target(argument);
      if (target && opening.asked(String(argument))) await open(target);
    }),
  );
  disposables.add(
    registerCommand(context, 'enterRow', title, async () => {
      opening.byKey();
      await vscode.commands.executeCommand('list.select');
    }),
  );
  return disposables;
}

async function open(target: Target): Promise<void> {
  if (target.kind === 'service') await vscode.commands.executeCommand(commandId('showLogs'), target);
  if (target.kind === 'node') await vscode.commands.executeCommand(commandId('nodeMenu'), target);
}
