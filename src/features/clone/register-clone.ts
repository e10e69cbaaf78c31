import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';

/** Clone a Lab Repository and Copy Clone Command, for the lab's GitLab. */
export function registerClone(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  disposables.add(
    registerCommand(
      context,
      'cloneRepository',
      vscode.l10n.t('The repository was not cloned'),
      async (argument) => {
        const lab = await pickLab(context, argument);
        if (lab) await (await import('./clone')).cloneRepository(context, lab.info);
      },
    ),
  );
  disposables.add(
    registerCommand(
      context,
      'copyCloneCommand',
      vscode.l10n.t('The clone command was not copied'),
      async (argument) => {
        const lab = await pickLab(context, argument);
        if (lab) await (await import('./clone')).copyCloneCommand(context, lab.info);
      },
    ),
  );
  return disposables;
}
