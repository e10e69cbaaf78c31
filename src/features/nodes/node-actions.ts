import * as vscode from 'vscode';
import { LabError } from '../../lab/lab-error';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import type { Target } from '../../presentation/topology/tree-node';
import { carryOut } from './node-deed';
import type { Deed } from './node-deed';

type NodeTarget = Target & { kind: 'node' };

const COMMANDS: Readonly<Record<string, Deed>> = {
  nodeStart: { heal: 'kill-node' },
  nodeStop: { order: 'stop' },
  nodeRestart: { order: 'restart' },
  nodeKill: { inject: 'kill-node' },
  nodePause: { inject: 'pause-node' },
  nodeUnpause: { heal: 'pause-node' },
  nodeDisconnect: { inject: 'cut-node' },
  nodeConnect: { heal: 'cut-node' },
};

/** The context menu of a node: start, stop, restart, and the faults with their remedies. */
export function registerNodeActions(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  for (const [command, deed] of Object.entries(COMMANDS)) {
    const title = vscode.l10n.t('The node was not changed');
    disposables.add(
      registerCommand(context, command, title, async (argument) => {
        const target = context.target(argument);
        if (target?.kind === 'node') await act(context, command, deed, target);
      }),
    );
  }
  return disposables;
}

async function act(context: FeatureContext, command: string, deed: Deed, target: NodeTarget): Promise<void> {
  const lab = context.store.snapshot(target.lab);
  if (!lab) return;
  context.log.info(`${target.lab}: ${command} ${target.node}`);
  const progress = { location: { viewId: 'gitlabHaLab.topology' } };
  try {
    await vscode.window.withProgress(progress, async () => {
      const labs = await context.source.get();
      const observer = context.store.observer(target.lab);
      await carryOut(deed, { labs, lab: lab.info, node: target.node, observer });
    });
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'not-whole') throw error;
    explainRefusal(target.lab, error.details.missing ?? []);
  }
}

/** A fault only tells something about HA when the cluster was whole before; otherwise it may lose data. */
function explainRefusal(lab: string, missing: readonly string[]): void {
  void vscode.window.showWarningMessage(vscode.l10n.t('No fault was injected: lab {0} is not whole.', lab), {
    modal: true,
    detail: [
      vscode.l10n.t('A second fault now could lose data or stop the whole cluster. Missing:'),
      ...missing.map((reason) => `• ${reason}`),
    ].join('\n'),
  });
}
