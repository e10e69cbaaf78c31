import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';

/** Open Terminal on one node, and on all nodes side by side. */
export function registerTerminals(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const title = vscode.l10n.t('The terminal was not opened');
  disposables.add(
    registerCommand(context, 'openTerminal', title, async (argument) => {
      const lab = await pickLab(context, argument);
      if (!lab) return;
      const { openOnNode } = await import('./terminals');
      await openOnNode(context, lab, argument);
    }),
  );
  disposables.add(
    registerCommand(context, 'openAllTerminals', title, async (argument) => {
      const lab = await pickLab(context, argument);
      if (!lab) return;
      const { openOnAll } = await import('./terminals');
      openOnAll(context, lab.info);
    }),
  );
  return disposables;
}
