import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { orderService } from './service-order';

const COMMANDS = [
  { command: 'serviceStart', action: 'start' },
  { command: 'serviceStop', action: 'stop' },
  { command: 'serviceRestart', action: 'restart' },
] as const;

/** The context menu of a service: what gitlab-ctl does on its node. */
export function registerServiceActions(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  for (const { command, action } of COMMANDS) {
    const title = vscode.l10n.t('The service was not changed');
    disposables.add(
      registerCommand(context, command, title, async (argument) => {
        const target = context.target(argument);
        if (target?.kind !== 'service') return;
        context.log.info(`${target.lab}: ${action} ${target.service} on ${target.node}`);
        const progress = { location: { viewId: 'gitlabHaLab.topology' } };
        await vscode.window.withProgress(progress, async () => {
          await orderService(await context.source.get(), { ...target, action });
        });
      }),
    );
  }
  return disposables;
}
