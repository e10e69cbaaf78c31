import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { pickLab } from '../labs/pick';
import { runOperation } from './run-operation';

/** Destroy Lab: asks, then removes every container and the network of a lab. */
export function registerDestroy(context: FeatureContext): Disposable {
  const title = vscode.l10n.t('The lab was not destroyed');
  return registerCommand(context, 'destroy', title, async (argument) => {
    const lab = await pickLab(context, argument);
    if (!lab) return;
    const { name } = lab.info;
    const destroy = vscode.l10n.t('Destroy');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Destroy lab {0}?', name),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Its containers, its network and everything stored in them are removed. Your files stay as they are.',
        ),
      },
      destroy,
    );
    if (answer !== destroy) return;
    await runOperation(context, {
      lab: name,
      title: vscode.l10n.t('Destroying lab {0}', name),
      // Half a lab is of no use to anybody.
      cancellable: false,
      run: async (control) => (await context.source.get()).destroy(name, control),
    });
    void vscode.window.showInformationMessage(vscode.l10n.t('Lab {0} is gone.', name));
  });
}
