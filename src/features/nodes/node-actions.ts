import * as vscode from 'vscode';
import type { NodeAction } from '../../lab/lab-service';
import { registerCommand } from '../common/commands';
import { Disposables } from '../common/disposables';
import type { Disposable } from '../common/disposables';
import type { FeatureContext } from '../common/feature-context';

const COMMANDS: Readonly<Record<string, NodeAction>> = {
  nodeStart: 'start',
  nodeStop: 'stop',
  nodeRestart: 'restart',
  nodeKill: 'kill',
  nodePause: 'pause',
  nodeUnpause: 'unpause',
  nodeDisconnect: 'disconnect',
  nodeConnect: 'connect',
};

/** What is done to a whole node, from every row that names one and from the palette; a menu of it for the keyboard. */
export function registerNodeActions(context: FeatureContext): Disposable {
  const disposables = new Disposables();
  for (const [command, action] of Object.entries(COMMANDS)) {
    const title = vscode.l10n.t('The node was not changed');
    disposables.add(
      registerCommand(context, command, title, async (argument) => {
        // Loaded with the first use, as everything is that acts on a lab.
        const { actOnNode } = await import('./act-on-node');
        await actOnNode(context, argument, action);
      }),
    );
  }
  disposables.add(
    registerCommand(context, 'nodeMenu', vscode.l10n.t('The menu was not opened'), async (argument) => {
      const { showNodeMenu } = await import('./node-menu');
      await showNodeMenu(context, argument);
    }),
  );
  return disposables;
}
