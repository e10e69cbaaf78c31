import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

/** Open Log: the "HA Lab" output channel. */
export function registerOpenLog(context: FeatureContext): Disposable {
  return registerCommand(context, 'openLog', vscode.l10n.t('The log was not opened'), () =>
    context.log.show(true),
  );
}
