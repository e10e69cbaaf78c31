import * as vscode from 'vscode';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';
import { markDone } from '../help/walkthrough-steps';
import { pickLab, pickNode } from '../labs/pick';
import { NodeTerminal } from './node-terminal';

/** Open Terminal on one node, and on all nodes side by side. */
export function registerTerminals(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  const title = vscode.l10n.t('The terminal was not opened');
  disposables.add(
    registerCommand(context, 'openTerminal', title, async (argument) => {
      const target = context.target(argument);
      const lab = await pickLab(context, argument);
      if (!lab) return;
      const node =
        target?.kind === 'node' || target?.kind === 'service'
          ? target.node
          : await pickNode(lab, vscode.l10n.t('Open a terminal on which node?'));
      if (node !== undefined) openTerminal(context, lab.info.name, node).show();
    }),
  );
  disposables.add(
    registerCommand(context, 'openAllTerminals', title, async (argument) => {
      const lab = await pickLab(context, argument);
      if (!lab) return;
      const { name, cluster } = lab.info;
      // A split stands right beside its parent: only beside the one before do they stand in the cluster's order.
      const terminals: vscode.Terminal[] = [];
      for (const node of cluster.nodes) {
        terminals.push(openTerminal(context, name, node.name, terminals.at(-1)));
      }
      terminals[0]?.show();
    }),
  );
  return disposables;
}

/** A terminal on a node, beside its parent when there is one. Two calls give two terminals. */
function openTerminal(
  context: FeatureContext,
  lab: string,
  node: string,
  parentTerminal?: vscode.Terminal,
): vscode.Terminal {
  const pty = new NodeTerminal({
    transport: async () => (await context.source.get()).transport(lab, node),
    onConnected: () => void markDone('terminal'),
  });
  return vscode.window.createTerminal({
    name: `${node} (${lab})`,
    pty,
    iconPath: new vscode.ThemeIcon('vm'),
    isTransient: true,
    ...(parentTerminal ? { location: { parentTerminal } } : {}),
  });
}
