import { webUrl } from '../../presentation/lab-url';
import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import { failureText } from '../common/failure';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';
import { Forwards } from './forwards';
import { openExternal } from './open-external';

/** Open GitLab in Browser (the VIP through the gateway) and Open in Browser (one service through a forward). */
export function registerOpenInBrowser(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const forwards = disposables.add(new Forwards((error) => context.log.warn(failureText(error))));
  disposables.add(
    context.store.onDidChange(() => {
      forwards.keep(new Set(context.store.snapshots.map((snapshot) => snapshot.info.name)));
    }),
  );
  const title = vscode.l10n.t('The browser was not opened');
  disposables.add(
    registerCommand(context, 'openInBrowser', title, async (argument) => {
      const lab = await pickLab(context, argument);
      if (!lab) return;
      const url = webUrl(lab.info);
      if (url !== undefined) return openExternal(url);
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The gateway of lab {0} is not running. Redeploy the lab to start it.', lab.info.name),
      );
    }),
  );
  disposables.add(
    registerCommand(context, 'openServiceInBrowser', title, async (argument) => {
      const target = context.target(argument);
      if (target?.kind !== 'service') return;
      const { openService } = await import('./open-service');
      await openService(context, forwards, target);
    }),
  );
  return disposables;
}
